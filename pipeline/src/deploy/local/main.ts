import { buildRelease, buildTask } from "./build/build-release.ts";
import { daemonTask, runDaemon } from "./daemon/run-daemon.ts";

/**
 * The program behind the `local` provider: `daemon TASK` watches over an environment, `build TASK`
 * makes one version ready. Gantry starts it; nobody types it.
 */
const [word, text] = process.argv.slice(2);
const task: unknown = JSON.parse(text ?? "null");

if (word === "daemon") {
  await runDaemon(daemonTask.parse(task));
  // One connection that fails in a way nobody thought of must not end what serves everybody else.
  process.on("uncaughtException", (error) => console.error(error));
} else if (word === "build") await buildRelease(buildTask.parse(task));
else throw new Error(`there is no word ${word}`);
