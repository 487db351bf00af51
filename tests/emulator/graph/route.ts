import type { Preferences } from "@/tests/emulator/graph/prefer";
import type { QueryOptions } from "@/tests/emulator/graph/query-options";
import type { Account, Mailbox } from "@/tests/emulator/state";
import type { World } from "@/tests/emulator/world";

/** One Graph request on its way through the door, alone or as an item of a batch. */
export interface GraphRequest {
  method: string;
  /** Below /v1.0, e.g. /me/events/AAMk… */
  path: string;
  query: URLSearchParams;
  headers: Record<string, string>;
  bodyText: string;
  /** Address of the service root, for links in answers. */
  baseUrl: string;
  inBatch: boolean;
}

export interface GraphContext {
  world: World;
  account: Account;
  mailbox: Mailbox;
  clientId: string;
  /** The token is the app's own. */
  isApplication: boolean;
  request: GraphRequest;
  body: unknown;
  prefer: Preferences;
  options: QueryOptions;
  /** Values of the {…} parts of the path, in order. */
  ids: string[];
}

export interface GraphReply {
  status: number;
  body?: object;
  headers?: Record<string, string>;
}

export interface Route {
  method: "GET" | "POST" | "PATCH" | "DELETE";
  /** As in Microsoft's OpenAPI description. */
  template: string;
  /** The described operation it is a twin of, where it is not described itself: the same on another calendar. */
  twinOf?: string;
  /** One of these permissions is needed. */
  scopes: string[];
  /** Which service answers: Outlook needs a mailbox and counts its requests. */
  service: "outlook" | "teams" | "directory" | "presence" | "subscriptions";
  options: readonly string[];
  body?: "required" | "optional";
  handle: (context: GraphContext) => GraphReply | Promise<GraphReply>;
}

export function contextUrl(context: GraphContext, fragment: string): string {
  return `${context.request.baseUrl}/$metadata#${fragment}`;
}

/** The host of links: Microsoft's own, or the emulator's, so that both kinds of client can be tried. */
export function linkBase(context: GraphContext): string {
  return context.world.state.settings.linkOrigin === "microsoft"
    ? "https://graph.microsoft.com/v1.0"
    : context.request.baseUrl;
}

/** A page of a list, `size` entries from the place `from` on, and the link to the next one, with these parameters. */
export function listPage<Entry>(
  context: GraphContext,
  path: string,
  all: readonly Entry[],
  { from, size, next }: { from: number; size: number; next: Record<string, string> },
): { value: Entry[]; "@odata.nextLink"?: string } {
  const value = all.slice(from, from + size);
  if (from + size >= all.length) return { value };
  return { value, "@odata.nextLink": `${linkBase(context)}${path}?${new URLSearchParams(next)}` };
}
