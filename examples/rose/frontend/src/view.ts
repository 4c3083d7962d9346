import type { Message } from "./api.ts";
import type { State, Status } from "./conversation.ts";
import { part } from "./dom.ts";

/** What a person can do on the page. */
export interface Actions {
  send(text: string): boolean;
  retry(): void;
  restart(): void;
}

const OPENERS = ["I had a long day", "I can’t sleep", "Something nice happened"];
const PRESENCE: Record<Status, string> = {
  starting: "is coming …",
  ready: "is listening",
  busy: "is thinking …",
  failed: "is away",
};

/** Wires the page to the actions and returns what shows a state. */
export function mountView(root: ParentNode, actions: Actions): (state: State) => void {
  const page = findParts(root);
  wireComposer(page, actions);
  page.retry.addEventListener("click", () => {
    actions.retry();
  });
  page.restart.addEventListener("click", () => {
    actions.restart();
    page.message.focus();
  });
  page.openers.append(...OPENERS.map((text) => opener(text, page, actions)));
  return (state) => {
    show(page, state);
  };
}

type Page = ReturnType<typeof findParts>;

function findParts(root: ParentNode) {
  return {
    presence: part(root, "#presence", HTMLElement),
    messages: part(root, "#messages", HTMLElement),
    thinking: part(root, "#thinking", HTMLElement),
    openers: part(root, "#openers", HTMLElement),
    problem: part(root, "#problem", HTMLElement),
    problemText: part(root, "#problem-text", HTMLElement),
    retry: part(root, "#retry", HTMLButtonElement),
    restart: part(root, "#restart", HTMLButtonElement),
    composer: part(root, "#composer", HTMLFormElement),
    message: part(root, "#message", HTMLTextAreaElement),
    send: part(root, "#send", HTMLButtonElement),
  };
}

function wireComposer(page: Page, actions: Actions): void {
  page.composer.addEventListener("submit", (event) => {
    event.preventDefault();
    if (actions.send(page.message.value)) page.message.value = "";
    page.message.focus();
  });
  page.message.addEventListener("keydown", (event) => {
    // While a word is being composed (Japanese, accents), Enter belongs to the keyboard.
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    page.composer.requestSubmit();
  });
}

function opener(text: string, page: Page, actions: Actions): HTMLButtonElement {
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = text;
  button.addEventListener("click", () => {
    actions.send(text);
    page.message.focus();
  });
  return button;
}

function show(page: Page, state: State): void {
  const waiting = state.status === "starting" || state.status === "busy";
  page.presence.textContent = PRESENCE[state.status];
  page.presence.dataset["status"] = state.status;
  page.thinking.hidden = !waiting;
  page.openers.hidden = state.status !== "ready" || state.messages.length !== 1;
  page.send.disabled = state.status !== "ready";
  page.restart.disabled = waiting;
  page.problem.hidden = state.status !== "failed";
  page.problemText.textContent = state.problem ?? "";
  showMessages(page.messages, state.messages);
  const newest = page.thinking.hidden ? page.messages.lastElementChild : page.thinking;
  newest?.scrollIntoView({ block: "end" });
}

/** Only adds what is new: a screen reader would read a list that is built anew from the top. */
function showMessages(list: HTMLElement, messages: readonly Message[]): void {
  if (messages.length < list.childElementCount) list.replaceChildren();
  list.append(...messages.slice(list.childElementCount).map(bubble));
}

function bubble(message: Message): HTMLLIElement {
  const item = document.createElement("li");
  item.className = message.role;
  const who = document.createElement("span");
  who.className = "unseen";
  who.textContent = message.role === "user" ? "You: " : "Rose: ";
  const text = document.createElement("p");
  text.textContent = message.content;
  item.append(who, text);
  return item;
}
