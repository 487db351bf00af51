import { afterAll, beforeAll, describe, expect, test } from "vitest";
import * as pictureRoute from "@/app/api/brand/[brandId]/[file]/route";
import * as me from "@/app/api/v1/me/route";
import { exportAccount } from "@/lib/accounts/export-account";
import { getMeEndpoint } from "@/lib/api/endpoints/account";
import { brandOf } from "@/lib/brand/read";
import { findOwnBrand, saveBrand } from "@/lib/brand/save";
import { env } from "@/lib/config/env";
import { db } from "@/lib/database/client";
import { contrast, fromHex } from "@/lib/format/colour";
import { team as teamAnswer } from "@/lib/teams/schema";
import { prepareMailQueue } from "@/tests/support/accounts";
import { createTestDatabase, type TestDatabase } from "@/tests/support/database";
import { call } from "../api/call";
import { as, givenTeam, join, makePerson, type Person } from "../organizer-teams/stage";
import { describePicture, drawPicture, toDataAddress } from "./pictures";

let database: TestDatabase;
let ada: Person;
beforeAll(async () => {
  database = await createTestDatabase();
  await prepareMailQueue();
  ada = await makePerson();
});
afterAll(() => database.cleanup());

const getMe = ({ key }: Person) => call(me.GET, { key });
const patchMe = ({ key }: Person, brand: object) => call(me.PATCH, { key, body: { brand } }, "PATCH");

/** Asks for a picture as a browser does. */
async function load(url: string): Promise<Response> {
  const [brandId = "", file = ""] = new URL(url, env().APP_URL).pathname.split("/").slice(3);
  return pictureRoute.GET(new Request(url), { params: Promise.resolve({ brandId, file }) });
}

describe("the brand of an organizer", () => {
  test("the brand of an organizer is their own name and Bellhop's looks at first", async () => {
    const answer = await getMe(ada);
    expect(getMeEndpoint.answer?.safeParse(answer.body).error).toBeUndefined();
    expect(answer.body).toMatchObject({ id: ada.id, handle: ada.handle });
    expect(answer.body.brand).toEqual({
      name: answer.body.name,
      logoUrl: null,
      accent: null,
      accentShown: null,
      showsBellhop: true,
    });
  });

  test("the brand of an organizer changes by what is sent, and keeps the rest", async () => {
    const first = await patchMe(ada, { name: "Ada & Co", accent: "#FD0", showsBellhop: false });
    expect(first.status).toBe(200);
    expect(first.body.brand).toMatchObject({ name: "Ada & Co", accent: "#ffdd00", showsBellhop: false });
    const second = await patchMe(ada, { accent: null });
    expect(second.body.brand).toMatchObject({ name: "Ada & Co", accent: null, showsBellhop: false });
    const third = await patchMe(ada, { name: null, showsBellhop: null });
    expect(third.body.brand).toMatchObject({ name: third.body.name, showsBellhop: true });
    expect((await getMe(ada)).body).toEqual(third.body);
  });

  test("the brand of an organizer says how its accent is shown: text on it has 4.5 : 1 in light and dark", async () => {
    for (const accent of ["#ffff00", "#000033", "#808080", "#025469"]) {
      const { accentShown } = (await patchMe(ada, { accent })).body.brand;
      for (const theme of ["light", "dark"] as const) {
        const { accent: shown, ink } = accentShown[theme];
        expect(contrast(fromHex(shown), fromHex(ink))).toBeGreaterThanOrEqual(4.5);
      }
    }
  });

  test("the brand of an organizer takes a logo as a picture, and shows it under an address of our own", async () => {
    const logo = await drawPicture({ width: 900, height: 300 });
    const { brand } = (await patchMe(ada, { logoUrl: toDataAddress(logo) })).body;
    expect(brand.logoUrl).toMatch(
      new RegExp(`^${env().APP_URL}/api/brand/[0-9a-f-]{36}/logo-[0-9a-f]{24}\\.png$`),
    );
    const shown = await load(brand.logoUrl);
    expect(shown.status).toBe(200);
    expect(shown.headers.get("content-type")).toBe("image/png");
    expect(shown.headers.get("cache-control")).toBe("public, max-age=31536000, immutable");
    expect(shown.headers.get("cross-origin-resource-policy")).toBe("cross-origin");
    expect(shown.headers.get("content-security-policy")).toContain("sandbox");
    expect(await describePicture(new Uint8Array(await shown.arrayBuffer()))).toMatchObject({
      width: 512,
      height: 171,
    });
    // What was read can be sent back.
    expect((await patchMe(ada, { logoUrl: brand.logoUrl })).body.brand).toEqual(brand);
  });

  test("the brand of an organizer gives another logo another address, and the old one leads to it until there is none", async () => {
    const first = (await patchMe(ada, { logoUrl: toDataAddress(await drawPicture()) })).body.brand.logoUrl;
    const second = (await patchMe(ada, { logoUrl: toDataAddress(await drawPicture({ colour: "#123456" })) }))
      .body.brand.logoUrl;
    expect(second).not.toBe(first);
    const moved = await load(first);
    expect(moved.status).toBe(302);
    expect(`${env().APP_URL}${moved.headers.get("location")}`).toBe(second);
    expect(moved.headers.get("cache-control")).toBe("no-cache");
    expect((await patchMe(ada, { logoUrl: null })).body.brand.logoUrl).toBeNull();
    expect((await load(second)).status).toBe(404);
  });

  test.each([
    ["an address elsewhere", "https://example.com/logo.png"],
    ["an address inside the network", "http://169.254.169.254/latest/meta-data"],
    ["a file", "file:///etc/passwd"],
    ["a program", "javascript:alert(1)"],
    ["an SVG", `data:image/svg+xml;base64,${Buffer.from("<svg/>").toString("base64")}`],
    ["an SVG that says it is a PNG", `data:image/png;base64,${Buffer.from("<svg/>").toString("base64")}`],
    ["nothing", ""],
  ])("the brand of an organizer refuses %s as a logo, and changes nothing", async (_what, logoUrl) => {
    const before = (await getMe(ada)).body;
    const refused = await patchMe(ada, { name: "Not this", logoUrl });
    expect(refused.status).toBe(422);
    expect(refused.body).toMatchObject({ code: "invalid_request", errors: [{ path: "brand.logoUrl" }] });
    expect((await getMe(ada)).body).toEqual(before);
  });

  test.each([
    [{ accent: "red" }, "brand.accent"],
    [{ accent: "#12345" }, "brand.accent"],
    [{ accent: "#123456;}body{display:none" }, "brand.accent"],
    [{ name: "" }, "brand.name"],
    [{ name: "x".repeat(101) }, "brand.name"],
    [{ showsBellhop: "no" }, "brand.showsBellhop"],
    [{ colour: "#123456" }, "brand.colour"],
  ])("the brand of an organizer refuses %j and names the field", async (change, path) => {
    const refused = await patchMe(ada, change);
    expect(refused.status).toBe(422);
    expect(refused.body.errors).toContainEqual(expect.objectContaining({ path }));
  });

  test("the brand of an organizer stands in the audit log when it changed, with what it was before", async () => {
    const eve = await makePerson();
    await patchMe(eve, { accent: "#7a1fa2" });
    await patchMe(eve, { accent: "#7a1fa2" });
    await patchMe(eve, {});
    const entries = await db().auditEntry.findMany({ where: { action: "brand.changed", subjectId: eve.id } });
    expect(entries).toHaveLength(1);
    expect(entries[0]?.details).toMatchObject({ before: { accent: null }, after: { accent: "#7a1fa2" } });
  });

  test("the brand of an organizer is in the export of their account, pictures and all", async () => {
    const eve = await makePerson();
    await patchMe(eve, { accent: "#7a1fa2", logoUrl: toDataAddress(await drawPicture()) });
    const { brand } = await exportAccount(eve.scope);
    expect(brand).toMatchObject({ accent: "#7a1fa2", pictures: [{ kind: "logo", mediaType: "image/png" }] });
    const [logo] = brand?.pictures ?? [];
    expect(await describePicture(Buffer.from(logo?.base64 ?? "", "base64"))).toMatchObject({ format: "png" });
  });

  test("the brand of an organizer goes with their account, pictures and all", async () => {
    const eve = await makePerson();
    const { logoUrl } = (await patchMe(eve, { logoUrl: toDataAddress(await drawPicture()) })).body.brand;
    await db().user.delete({ where: { id: eve.id } });
    expect((await load(logoUrl)).status).toBe(404);
  });
});

describe("the brand of a team", () => {
  test("the brand of a team is changed by those who manage it, together with its name, and is read by its members", async () => {
    const { id } = await givenTeam(ada);
    const bob = await makePerson();
    await join(ada, id, bob);
    const logoUrl = toDataAddress(await drawPicture());
    const changed = await as(ada).changeTeam(id, { name: "Desk", brand: { accent: "#7a1fa2", logoUrl } });
    expect(teamAnswer.strict().safeParse(changed.body).error).toBeUndefined();
    expect(changed.body.brand).toMatchObject({ name: "Desk", accent: "#7a1fa2" });
    expect((await as(bob).getTeam(id)).body.brand).toEqual(changed.body.brand);
    expect((await as(bob).listTeams()).body.items[0].brand).toEqual(changed.body.brand);
    expect((await as(bob).changeTeam(id, { brand: { accent: "#000000" } })).body.code).toBe("forbidden");
    const refused = await as(ada).changeTeam(id, {
      name: "Never",
      brand: { logoUrl: "https://example.com/a.png" },
    });
    expect(refused.body).toMatchObject({ code: "invalid_request", errors: [{ path: "brand.logoUrl" }] });
    expect((await as(ada).getTeam(id)).body).toEqual(changed.body);
  });
});

describe("the server's defaults", () => {
  test("the server's defaults fill up what an organizer did not choose, and only that", async () => {
    const eve = await makePerson();
    const [logo, own] = [await drawPicture(), await drawPicture({ colour: "#00aa00" })];
    const { encodePicture } = await import("@/lib/brand/encode-picture");
    const encoded = await encodePicture("logo", logo);
    if (!encoded.ok) throw new Error(encoded.error.code);
    await saveBrand("server", {
      accent: "#004488",
      showsBellhop: false,
      welcome: "Welcome to Contoso",
      logo: encoded.value,
    });
    const before = await brandOf(eve.handle);
    expect(before).toMatchObject({ accent: "#004488", showsBellhop: false, welcome: "Welcome to Contoso" });
    expect(before.logo?.path).toContain(encoded.value.hash);
    expect(before.iconPath).toContain("logo-icon");
    await patchMe(eve, { accent: "#7a1fa2", showsBellhop: true, logoUrl: toDataAddress(own) });
    const after = await brandOf(eve.handle);
    expect(after).toMatchObject({ accent: "#7a1fa2", showsBellhop: true, welcome: "Welcome to Contoso" });
    expect(after.logo?.path).not.toContain(encoded.value.hash);
    await saveBrand("server", { accent: null, showsBellhop: null, welcome: "", logo: null });
    expect(await findOwnBrand("server")).toMatchObject({ accent: null, pictures: [] });
  });
});

describe("the database", () => {
  test("the database keeps one row of defaults, one owner a row, colours that are none out, and pictures small", async () => {
    const insert = (columns: string, values: string) =>
      db().$executeRawUnsafe(`INSERT INTO "Brand" (${columns}, "updatedAt") VALUES (${values}, now())`);
    await expect(insert("id", "gen_random_uuid()")).rejects.toThrow("Brand_one_owner");
    const { id: teamId } = await givenTeam(ada);
    await expect(
      insert(`id, "userId", "teamId"`, `gen_random_uuid(), '${(await makePerson()).id}', '${teamId}'`),
    ).rejects.toThrow("Brand_one_owner");
    await expect(insert(`id, "teamId", accent`, `gen_random_uuid(), '${teamId}', '#FFFFFF'`)).rejects.toThrow(
      "Brand_accent_form",
    );
    await saveBrand("server", {});
    const picture = (bytes: number, mediaType: string) =>
      db().$executeRawUnsafe(
        `INSERT INTO "BrandPicture" ("brandId", kind, hash, "mediaType", width, height, bytes, icon)
         VALUES ('00000000-0000-0000-0000-000000000000', 'logo', 'x', '${mediaType}', 1, 1, decode(repeat('00', ${bytes}), 'hex'), '\\x00')`,
      );
    await expect(picture(500_001, "image/png")).rejects.toThrow("BrandPicture_size");
    await expect(picture(10, "image/svg+xml")).rejects.toThrow("BrandPicture_media_type");
  });
});
