import { escapeHtml } from "@/tests/emulator/pages/layout";
import type { StoredTeamsMeeting } from "@/tests/emulator/state";

const PREVIEW_LENGTH = 255;

/** What Exchange makes of a body: scripts gone, wrapped in a whole document. */
export function storedBody(content: string, contentType: string): string {
  const isText = contentType.toLowerCase() === "text";
  const inner = isText
    ? `<div class="PlainText">${escapeHtml(content).replace(/\r?\n/g, "<br>\r\n")}</div>`
    : innerHtml(content);
  return `<html>\r\n<head>\r\n<meta http-equiv="Content-Type" content="text/html; charset=utf-8">\r\n</head>\r\n<body>\r\n${sanitised(inner)}\r\n</body>\r\n</html>\r\n`;
}

/** The block Teams writes into the invitation. Losing it is losing the online meeting. */
export function withTeamsBlock(bodyHtml: string, meeting: StoredTeamsMeeting): string {
  const url = escapeHtml(meeting.joinUrl);
  const block = `<br>\r\n<div style="width:100%"><span style="white-space:nowrap">________________________________________________________________________________</span></div>\r\n<div class="me-email-text" lang="en-US"><div><span>Microsoft Teams</span> <a href="https://aka.ms/JoinTeamsMeeting">Need help?</a></div><div><a class="me-email-headline" href="${url}" id="meet_invite_block.action.join_link">Join the meeting now</a></div><div>Meeting ID: <span>${meeting.conferenceId}</span></div></div>\r\n`;
  return bodyHtml.replace("</body>", () => `${block}</body>`);
}

export function hasTeamsBlock(bodyHtml: string, meeting: StoredTeamsMeeting): boolean {
  return bodyHtml.includes(meeting.joinUrl) || bodyHtml.includes(escapeHtml(meeting.joinUrl));
}

export function plainText(bodyHtml: string): string {
  return innerHtml(bodyHtml)
    .replace(/<br\s*\/?>\s*|<\/(p|div|li|tr|h\d)>\s*/gi, "\r\n")
    .replace(/<[^>]+>/g, "")
    .replaceAll("&nbsp;", " ")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&quot;", '"')
    .replaceAll("&#39;", "'")
    .replaceAll("&amp;", "&")
    .trim();
}

export function previewOf(bodyHtml: string): string {
  return plainText(bodyHtml).slice(0, PREVIEW_LENGTH);
}

function innerHtml(content: string): string {
  return /<body[^>]*>([\s\S]*?)<\/body>/i.exec(content)?.[1]?.trim() ?? content;
}

function sanitised(content: string): string {
  return content
    .replace(/<(script|style|iframe|object|embed)\b[\s\S]*?<\/\1\s*>/gi, "")
    .replace(/\son\w+\s*=\s*("[^"]*"|'[^']*'|[^\s>]+)/gi, "")
    .replace(/\s(href|src)\s*=\s*(["'])\s*javascript:[^"']*\2/gi, "");
}
