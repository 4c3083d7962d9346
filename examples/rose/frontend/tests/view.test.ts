import { beforeEach, describe, expect, test, vi } from "vitest";
import html from "../index.html?raw";
import type { State } from "../src/conversation.ts";
import { part } from "../src/dom.ts";
import { type Actions, mountView } from "../src/view.ts";

const greeting = { role: "assistant", content: "Hello" } as const;
const question = { role: "user", content: "<b>Why?</b>" } as const;
const ready: State = { status: "ready", messages: [greeting] };

const actions = { send: vi.fn<Actions["send"]>(), retry: vi.fn(), restart: vi.fn() };
let show: (state: State) => void;

beforeEach(() => {
  vi.resetAllMocks();
  // jsdom lays nothing out, so it cannot scroll.
  Element.prototype.scrollIntoView = vi.fn();
  document.body.innerHTML = new DOMParser().parseFromString(html, "text/html").body.innerHTML;
  show = mountView(document, actions);
});

const find = (selector: string) => part(document, selector, HTMLElement);
const message = () => part(document, "#message", HTMLTextAreaElement);
const bubbles = () => [...document.querySelectorAll("#messages li")];
const press = (init: KeyboardEventInit) => {
  const event = new KeyboardEvent("keydown", { ...init, cancelable: true, bubbles: true });
  message().dispatchEvent(event);
  return event;
};

describe("showing", () => {
  test("writes messages as text, never as HTML, and says who speaks", () => {
    show({ status: "ready", messages: [greeting, question] });
    expect(bubbles().map((bubble) => bubble.textContent)).toEqual([
      "Rose: Hello",
      "You: <b>Why?</b>",
    ]);
    expect(bubbles().map((bubble) => bubble.className)).toEqual(["assistant", "user"]);
  });

  test("adds only what is new, so that a screen reader reads only that", () => {
    show(ready);
    const first = bubbles()[0];
    show({ status: "ready", messages: [greeting, question] });
    expect(bubbles()[0]).toBe(first);
    expect(bubbles()).toHaveLength(2);
    show({ status: "starting", messages: [] });
    expect(bubbles()).toHaveLength(0);
  });

  test("offers ways to begin only at the beginning", () => {
    show(ready);
    expect(find("#openers").hidden).toBe(false);
    show({ status: "ready", messages: [greeting, question, greeting] });
    expect(find("#openers").hidden).toBe(true);
  });

  test("shows that Rose thinks and takes nothing meanwhile", () => {
    show({ status: "busy", messages: [greeting, question] });
    expect(find("#thinking").hidden).toBe(false);
    expect(find("#presence").textContent).toBe("is thinking …");
    expect(find("#send").matches(":disabled")).toBe(true);
    expect(find("#restart").matches(":disabled")).toBe(true);
  });

  test("shows a problem until it is over", () => {
    show({ status: "failed", messages: [greeting, question], problem: "Away." });
    expect(find("#problem").hidden).toBe(false);
    expect(find("#problem-text").textContent).toBe("Away.");
    show(ready);
    expect(find("#problem").hidden).toBe(true);
  });
});

describe("doing", () => {
  test("Enter sends and empties the field", () => {
    actions.send.mockReturnValue(true);
    message().value = "hello";
    expect(press({ key: "Enter" }).defaultPrevented).toBe(true);
    expect(actions.send).toHaveBeenCalledWith("hello");
    expect(message().value).toBe("");
  });

  test("what was not taken stays in the field", () => {
    actions.send.mockReturnValue(false);
    message().value = "hello";
    press({ key: "Enter" });
    expect(message().value).toBe("hello");
  });

  test.each([
    ["Shift + Enter", { key: "Enter", shiftKey: true }],
    ["Enter that ends a composed word", { key: "Enter", isComposing: true }],
    ["any other key", { key: "a" }],
  ])("%s does not send", (_, init) => {
    expect(press(init).defaultPrevented).toBe(false);
    expect(actions.send).not.toHaveBeenCalled();
  });

  test("a way to begin sends itself and gives the keyboard back", () => {
    show(ready);
    find("#openers button").click();
    expect(actions.send).toHaveBeenCalledWith("I had a long day");
    expect(document.activeElement).toBe(message());
  });

  test("the buttons retry and restart", () => {
    show({ status: "failed", messages: [], problem: "Away." });
    find("#retry").click();
    find("#restart").click();
    expect(actions.retry).toHaveBeenCalledOnce();
    expect(actions.restart).toHaveBeenCalledOnce();
  });
});

test("a page without its parts is refused by name", () => {
  find("#send").remove();
  expect(() => mountView(document, actions)).toThrow("the page has no #send");
});
