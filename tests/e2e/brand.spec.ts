/** How an organizer's pages come to look like their own, and how visitors see that. */
import { type Browser, expect, type Page, test } from "@playwright/test";
import sharp from "sharp";
import { examine } from "@/tests/e2e/examine";
import { sendForm } from "@/tests/e2e/forms";
import { admin, apiOf, bookBy, signUp } from "@/tests/e2e/people";

const draw = (width: number, height: number, colour: string) =>
  sharp({ create: { width, height, channels: 3, background: colour } })
    .png()
    .toBuffer();

async function upload(
  page: Page,
  kind: "Logo" | "Picture",
  file: { name: string; mimeType: string; buffer: Buffer },
) {
  await page.getByLabel(`${kind} file`).setInputFiles(file);
  await page.getByRole("button", { name: `Upload ${kind.toLowerCase()}` }).click();
}

/** The colours that the main button has, and the page's mark in its tab. */
const looks = (page: Page) =>
  page.evaluate(() => {
    const { accent, ink } = { accent: "--accent", ink: "--accent-ink" };
    const probe = document.createElement("i");
    document.body.append(probe);
    const read = (name: string) => {
      probe.style.color = `var(${name})`;
      return getComputedStyle(probe).color;
    };
    const read2 = [read(accent), read(ink)];
    probe.remove();
    const icons = [...document.querySelectorAll<HTMLLinkElement>("link[rel=icon]")].map((link) =>
      link.getAttribute("href"),
    );
    return { accent: read2[0], ink: read2[1], icons };
  });

test("an organizer chooses name, accent, welcome and pictures, and visitors see them on every page", async ({
  browser,
  page,
}) => {
  const person = await signUp(page);
  await (await apiOf(page)).openAlways();
  await page.goto("/account/profile");
  await page.getByLabel("Accent color").fill("#ffd400");
  await expect(
    page.getByText(/^In light, it becomes #[0-9a-f]{6}, so that text is easy to read/),
  ).toBeVisible();
  await page.getByLabel("Accent color").fill("yellow");
  await page.getByRole("button", { name: "Save brand" }).click();
  await expect(page.getByText("Use a color such as #7a1fa2.")).toBeVisible();
  await page.getByLabel("Accent color").fill("#ffd400");
  await page.getByLabel("Name on your pages").fill("Ada & Ada");
  await page.getByLabel("Welcome text").fill("Test, Ada.\nTest.");
  await page.getByLabel("Show “Bookings by Bellhop”").uncheck();
  await page.getByRole("button", { name: "Save brand" }).click();
  await expect(page.getByText("Brand saved")).toBeVisible();

  await page.getByRole("button", { name: "Upload logo" }).click();
  await expect(page.getByText("Choose a file first.")).toBeVisible();
  await upload(page, "Logo", {
    name: "logo.svg",
    mimeType: "image/svg+xml",
    buffer: Buffer.from("<svg xmlns='http://www.w3.org/2000/svg'/>"),
  });
  await expect(page.getByText("That isn't a PNG, JPEG, or WebP picture")).toBeVisible();
  await upload(page, "Logo", {
    name: "logo.png",
    mimeType: "image/png",
    buffer: await draw(800, 200, "#1f2a44"),
  });
  await expect(page.getByText("Picture saved")).toBeVisible();
  await upload(page, "Picture", {
    name: "me.png",
    mimeType: "image/png",
    buffer: await draw(300, 400, "#b3541e"),
  });
  await expect(page.getByText("Picture saved")).toBeVisible();
  await expect(page.getByRole("button", { name: "Remove picture" })).toBeVisible();

  const booked = await bookBy(page.request, person, {
    name: "Brenda Brand",
    email: "brenda-brand@example.org",
  });
  const visitor = await (await browser.newContext({ colorScheme: "light" })).newPage();
  const join = new URL(booked.joinPageUrl).pathname;
  const pages = [
    `/${person.handle}`,
    `/${person.handle}/appointment`,
    `/booking/${booked.token}`,
    `${join}?stay=1`,
  ];
  for (const path of pages) {
    await visitor.emulateMedia({ colorScheme: "light" });
    await visitor.goto(path);
    await expect(visitor.locator("img[src*='/logo-']").first(), path).toBeVisible();
    const light = await looks(visitor);
    expect(light.icons, path).toEqual([expect.stringContaining("/logo-icon-")]);
    expect(light.accent, path).not.toBe("rgb(255, 212, 0)");
    await visitor.emulateMedia({ colorScheme: "dark" });
    expect((await looks(visitor)).accent, path).toBe("rgb(255, 212, 0)");
    await expect(visitor.getByRole("contentinfo"), path).toContainText("Ada & Ada");
    await expect(visitor.getByRole("contentinfo"), path).not.toContainText("Bookings by Bellhop");
  }
  await visitor.goto(pages[0] ?? "");
  await expect(visitor.getByRole("heading", { name: "Ada & Ada", level: 1 })).toBeVisible();
  await expect(visitor.getByText("Test, Ada.")).toBeVisible();
  await examine(browser, pages);
  await examine(browser, ["/account/profile"], page.context());
  await visitor.context().close();
});

async function signInAsAdmin(browser: Browser): Promise<Page> {
  const page = await (await browser.newContext({ javaScriptEnabled: false })).newPage();
  await sendForm(page, await page.request.get("/sign-in?returnTo=/admin/brand"), admin);
  return page;
}

test("an admin uploads the server's logo before any script has come, and takes it back", async ({
  browser,
}) => {
  const page = await signInAsAdmin(browser);
  await page.goto("/admin");
  await page.getByRole("link", { name: "Brand for everyone" }).click();
  await upload(page, "Logo", {
    name: "contoso.png",
    mimeType: "image/png",
    buffer: await draw(400, 100, "#004488"),
  });
  await expect(page.getByText("Picture saved")).toBeVisible();
  await expect(page.getByRole("img", { name: "Logo" })).toBeVisible();
  await page.getByRole("button", { name: "Remove logo" }).click();
  await expect(page.getByText("Picture removed")).toBeVisible();
  await page.context().close();
});
