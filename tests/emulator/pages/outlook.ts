import { type Answer, type Call, html } from "../http";
import type { World } from "../world";
import { page } from "./layout";

export function answerOutlook(_world: World, _call: Call): Answer {
  return html(200, page("Outlook", "<h1>Outlook</h1>"));
}
