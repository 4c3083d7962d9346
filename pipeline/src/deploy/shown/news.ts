import { visibleLine } from "../../report/visible.ts";
import { duration } from "../../report/words.ts";
import type { News } from "../procedure/world.ts";
import type { State } from "../records/state.ts";

/** One line on what just happened, or nothing where nobody would want to read it. */
export function newsLine(news: News): string | undefined {
  switch (news.type) {
    case "state":
      return stateLine(news.state, news.back);
    case "phase":
      return `  ${news.sighting.phase} (${visibleLine(news.sighting.said)}) after ${duration(news.seconds)}`;
    case "log":
      return `  ${news.line.stream} │ ${visibleLine(news.line.text)}`;
    case "sample": {
      const { sample, count } = news;
      return sample.kind === "as-expected"
        ? `  as expected (${count.inARow} of ${count.wanted})`
        : `  ${sample.kind}: ${visibleLine(sample.why)}`;
    }
    case "note":
      return `· ${visibleLine(news.text)}`;
  }
}

function stateLine(state: State, back: string | undefined): string | undefined {
  switch (state.at) {
    case "opened":
      return "▶ holds the environment; the settings first";
    case "sending":
      return back === undefined ? "▶ sends the version" : `▶ brings ${back} back`;
    case "under-way":
      return `▶ follows deployment ${state.id}`;
    case "live":
      return `▶ ${state.id} is live; asks whether it is the one, and well`;
    case "healthy":
      return "▶ healthy, and the right version; the tests that follow a deploy";
    case "proven":
      return "▶ proven";
    case "failed":
      return `✗ ${state.verdict}: the new version is not wanted`;
    case "bringing-back":
      return `▶ brings ${state.to} back`;
    case "brought-back":
      return `▶ follows ${state.id}, the old version`;
    case "restored":
      return "▶ the old version serves again, and is proven";
    case "ended":
      return undefined;
  }
}
