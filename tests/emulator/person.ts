import { PASSWORD } from "@/tests/emulator/seed";

export interface PersonAnswers {
  email: string;
  password?: string;
  /** What the person presses on the consent page, if it comes. */
  consent?: "accept" | "cancel";
  /** What the person presses on "Need admin approval", if it comes. */
  approval?: "return";
}

/**
 * Walks through Entra's pages as a person would, by posting their forms, and returns the address the browser
 * is sent back to. Where no redirect comes (an error page, or admin approval without `approval`) it throws,
 * with the page's text in the message.
 */
export async function signInAs(authorizeUrl: string, answers: PersonAnswers): Promise<string> {
  const first = await fetch(authorizeUrl, { redirect: "manual" });
  const direct = first.headers.get("location");
  if (direct) return direct;
  const signedIn = await postForm(await first.text(), authorizeUrl, {
    email: answers.email,
    password: answers.password ?? PASSWORD,
    answer: "sign-in",
  });
  const afterSignIn = signedIn.headers.get("location");
  if (afterSignIn) return afterSignIn;
  const page = await signedIn.text();
  if (page.includes('name="password"')) throw new Error(`not signed in: ${textOf(page)}`);
  const isApproval = page.includes("Need admin approval");
  const answer = isApproval ? answers.approval : (answers.consent ?? "accept");
  if (!answer || !page.includes("<form")) throw new Error(`no way back to the app: ${textOf(page)}`);
  const last = await postForm(page, authorizeUrl, { answer });
  const location = last.headers.get("location");
  if (!location) throw new Error(`no way back to the app: ${textOf(await last.text())}`);
  return location;
}

async function postForm(page: string, base: string, fields: Record<string, string>): Promise<Response> {
  const action = /<form method="post" action="([^"]+)"/.exec(page)?.[1];
  const signIn = /name="signIn" value="([^"]+)"/.exec(page)?.[1];
  if (!action || !signIn) throw new Error(`no form on the page: ${textOf(page)}`);
  return fetch(new URL(action, base), {
    method: "POST",
    redirect: "manual",
    body: new URLSearchParams({ signIn, ...fields }),
  });
}

function textOf(page: string): string {
  return page
    .replace(/<style>[\s\S]*?<\/style>/g, "")
    .replace(/<[^>]+>/g, " ")
    .replace(/\s+/g, " ")
    .trim();
}
