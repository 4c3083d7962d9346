import { httpApi } from "./api.ts";
import { Conversation } from "./conversation.ts";
import { browserStore } from "./session-store.ts";
import { mountView } from "./view.ts";
import "./style.css";

const show = mountView(document, {
  send: (text) => conversation.send(text),
  retry: () => void conversation.retry(),
  restart: () => void conversation.restart(),
});
const conversation = new Conversation(httpApi(), browserStore(), show);
void conversation.open();
