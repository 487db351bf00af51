import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import * as uploads from "@/app/api/brand/route";
import * as sharePicture from "@/app/api/brand/share/[handle]/[slug]/route";
import { openSession } from "@/lib/auth/session";
import { uploadMaxBytes } from "@/lib/brand/encode-picture";
import { brandOf } from "@/lib/brand/read";
import { findOwnBrand } from "@/lib/brand/save";
import { db } from "@/lib/database/client";
import { prepareMailQueue } from "@/tests/support/accounts";
import { createTestDatabase, type TestDatabase } from "@/tests/support/database";
import { request } from "@/tests/support/next-request";
import { givenTeam, join, makeAdmin, makePerson, type Person } from "../organizer-teams/stage";
import { describePicture, drawPicture } from "./pictures";

vi.mock("next/headers", () => import("@/tests/support/next-request"));

let database: TestDatabase;
let ada: Person;
beforeAll(async () => {
  database = await createTestDatabase();
  await prepareMailQueue();
  ada = await makePerson();
});
afterAll(() => database.cleanup());
beforeEach(() => request.cookies.clear());

const signIn = async ({ id }: Person) => {
  request.cookies.clear();
  await openSession({ userId: id, sessionEpoch: 0 });
};

/** Sends the form of a page, and tells where it leads. */
async function send(fields: Record<string, string | Buffer>, headers: Record<string, string> = {}) {
  const body = new FormData();
  for (const [name, value] of Object.entries(fields)) {
    body.set(name, typeof value === "string" ? value : new File([new Uint8Array(value)], "file.png"));
  }
  const sent = new Request("http://localhost:3000/api/brand", { method: "POST", body, headers });
  const answer = await uploads.POST(sent);
  return { status: answer.status, location: answer.headers.get("location") };
}

const logo = () => drawPicture({ width: 200, height: 50 });

test("a picture is kept for who is signed in, and the form leads back to its page", async () => {
  await signIn(ada);
  expect(await send({ owner: "me", kind: "logo", file: await logo() })).toEqual({
    status: 303,
    location: "/account/profile?picture=saved#pictures",
  });
  expect((await brandOf(ada.handle)).logo).toMatchObject({ width: 200, height: 50 });
  const [entry] = await db().auditEntry.findMany({ where: { action: "brand.changed", subjectId: ada.id } });
  expect(entry?.actorId).toBe(ada.id);
  expect((await send({ owner: "me", kind: "logo", from: "nowhere" })).location).toContain("picture=removed");
  expect((await brandOf(ada.handle)).logo).toBeNull();
});

test("a picture that is none, too large or missing is refused in words, and changes nothing", async () => {
  await signIn(ada);
  const refused = async (file: Buffer) => (await send({ owner: "me", kind: "picture", file })).location;
  expect(await refused(Buffer.from("<svg/>"))).toContain("picture=picture_kind");
  expect(await refused(Buffer.alloc(0))).toContain("picture=empty");
  expect(await refused(Buffer.alloc(uploadMaxBytes + 1))).toContain("picture=picture_too_large");
  expect(await refused(Buffer.alloc(uploadMaxBytes + 20_000))).toContain("picture=picture_too_large");
  expect((await brandOf(ada.handle)).picture).toBeNull();
});

test("a picture is kept for no one who isn't signed in, and from no other site", async () => {
  const form = { owner: "me", kind: "logo", file: await logo() };
  expect((await send(form)).location).toMatch(/^\/sign-in/);
  await signIn(ada);
  expect((await send(form, { "sec-fetch-site": "cross-site" })).status).toBe(403);
  expect((await brandOf(ada.handle)).logo).toBeNull();
});

test("the server's picture is for its admins, and a team's for those who manage it", async () => {
  const { id, handle } = await givenTeam(ada);
  const [bob, eve, admin] = [await makePerson(), await makePerson(), await makeAdmin()];
  await join(ada, id, bob);
  const sendAs = async (person: Person, owner: string) => {
    await signIn(person);
    return send({ owner, kind: "logo", file: await logo() });
  };
  expect((await sendAs(ada, "server")).status).toBe(400);
  expect(await findOwnBrand("server")).toBeNull();
  expect((await sendAs(eve, id)).status).toBe(400);
  expect((await sendAs(bob, id)).location).toContain("picture=forbidden");
  expect((await brandOf(handle)).logo).toBeNull();
  expect((await sendAs(ada, id)).location).toBe(`/account/teams/${id}?tab=settings&picture=saved#pictures`);
  expect((await brandOf(handle)).logo).not.toBeNull();
  expect((await sendAs(admin, "server")).location).toBe("/admin/brand?picture=saved#pictures");
  expect((await brandOf(eve.handle)).logo).not.toBeNull();
});

test("a shared link has a picture in the size of Open Graph, and one that needs a link of its own has none", async () => {
  const { handle } = ada;
  const eventType = await db().eventType.findFirstOrThrow({ where: { userId: ada.id } });
  const draw = (slug: string) =>
    sharePicture.GET(new Request("http://localhost:3000/?lang=en"), {
      params: Promise.resolve({ handle, slug }),
    });
  const drawn = await draw(eventType.slug);
  expect(drawn.status).toBe(200);
  expect(drawn.headers.get("cache-control")).toBe("public, max-age=86400");
  expect(await describePicture(new Uint8Array(await drawn.arrayBuffer()))).toMatchObject({
    format: "png",
    width: 1200,
    height: 630,
  });
  expect((await draw("nowhere")).status).toBe(404);
  await db().eventType.update({ where: { id: eventType.id }, data: { requiresLink: true } });
  expect((await draw(eventType.slug)).status).toBe(404);
});
