import { afterAll, beforeAll, expect, test } from "vitest";
import { brandOf } from "@/lib/brand/read";
import { takeProfilePicture } from "@/lib/connections/profile-picture";
import { makeOrganizer } from "@/tests/support/organizer";
import { openWorkingStage, type WorkingStage } from "@/tests/support/working-stage";
import { drawPicture } from "./pictures";

let stage: WorkingStage;
beforeAll(async () => {
  stage = await openWorkingStage();
});
afterAll(() => stage.close());

test("the picture of a Microsoft account becomes the organizer's own by a press, and stays when it goes there", async () => {
  const photo = await drawPicture({ format: "jpeg", width: 648, height: 648, exif: true });
  const organizer = await stage.connect(await makeOrganizer(), { photo: photo.toString("base64") });
  expect(await takeProfilePicture(organizer.scope)).toMatchObject({ ok: true });
  const { picture, logo, iconPath } = await brandOf(organizer.handle);
  expect(picture).toMatchObject({ width: 320, height: 320 });
  expect(logo).toBeNull();
  expect(iconPath).toContain("/picture-icon-");
});

test("an account without a picture, one that isn't connected, and one that Microsoft doesn't answer for are told apart, and nothing changes", async () => {
  const bare = await stage.connect(await makeOrganizer());
  expect(await takeProfilePicture(bare.scope)).toMatchObject({ error: { code: "no_picture" } });
  const apart = await makeOrganizer();
  expect(await takeProfilePicture(apart.scope)).toMatchObject({ error: { code: "not_connected" } });
  const odd = await stage.connect(await makeOrganizer(), { photo: Buffer.from("<svg/>").toString("base64") });
  expect(await takeProfilePicture(odd.scope)).toMatchObject({ error: { code: "picture_kind" } });
  await stage.microsoft.control.graphFault({ path: "/me/photo/**", times: 9 });
  expect(await takeProfilePicture(bare.scope)).toMatchObject({ error: { code: "unavailable" } });
  for (const { handle } of [bare, apart, odd]) expect((await brandOf(handle)).picture).toBeNull();
});
