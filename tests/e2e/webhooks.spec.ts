import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, test } from "@playwright/test";
import { apiOf, bookBy, signUp } from "@/tests/e2e/people";

interface Receiver {
  url: string;
  /** The types of the events that came, oldest first. */
  types: string[];
  /** What it answers with. */
  status: number;
}

const withReceiver = test.extend<{ receiver: Receiver }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixtures that are used from the pattern.
  receiver: async ({}, use) => {
    const receiver: Receiver = { url: "", types: [], status: 204 };
    const server = createServer(async (request, response) => {
      const parts: Buffer[] = [];
      for await (const part of request) parts.push(part);
      const { type } = JSON.parse(Buffer.concat(parts).toString("utf8"));
      receiver.types.push(type);
      response.writeHead(receiver.status).end();
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    // Boundary: a server that listens on a port has an address and a port.
    receiver.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/bellhop`;
    await use(receiver);
    await new Promise((resolve) => server.close(resolve));
  },
});

withReceiver(
  "a webhook is added with a secret shown once, sent a booking, and deleted",
  async ({ page, request, receiver }) => {
    const organizer = await signUp(page);
    await (await apiOf(page)).changeEventType({ location: { kind: "phone", value: "+33 1 23 45 67 89" } });
    await page.goto("/account/developer");
    const address = page.getByRole("textbox", { name: "Address" });
    await address.fill("example.com/bellhop");
    await page.getByRole("button", { name: "Add webhook" }).click();
    await expect(page.getByText("Use a full address that starts with https://")).toBeVisible();
    await expect(address).toHaveValue("example.com/bellhop");

    await address.fill(receiver.url);
    await page.getByRole("button", { name: "Add webhook" }).click();
    await expect(page.getByRole("textbox", { name: "Signing secret" })).toHaveValue(/^whsec_/);
    await page.reload();
    await expect(page.getByRole("textbox", { name: "Signing secret" })).toHaveCount(0);
    const list = page.getByRole("table", { name: "Your webhooks" });
    await expect(list.getByText("Not used yet")).toBeVisible();

    await list.getByRole("link", { name: receiver.url }).click();
    await expect(page.getByText("Nothing has been sent in the last 30 days.")).toBeVisible();
    await page.getByRole("checkbox", { name: "A booking is rescheduled" }).uncheck();
    await page.getByRole("button", { name: "Save" }).click();
    await expect(page.getByText("Saved. Applies from the next event")).toBeVisible();
    await page.reload();
    await expect(page.getByRole("checkbox", { name: "A booking is rescheduled" })).not.toBeChecked();
    await expect(page.getByRole("checkbox", { name: "A booking is confirmed" })).toBeChecked();
    await bookBy(request, organizer);
    const sent = page.getByRole("table", { name: "Sent messages" });
    await expect
      .poll(async () => {
        await page.reload();
        return sent.getByText("Delivered").count();
      })
      .toBeGreaterThan(0);
    expect(receiver.types.length).toBeGreaterThan(0);
    await expect(sent.getByRole("link", { name: "Booking" }).first()).toBeVisible();

    await page.getByRole("link", { name: "Developer", exact: true }).click();
    await expect(list.getByText("Works")).toBeVisible();
    await page.getByRole("button", { name: `Delete the webhook to ${receiver.url}` }).click();
    const dialog = page.getByRole("dialog", { name: "Delete this webhook?" });
    await expect(dialog.getByRole("button", { name: "Keep it" })).toBeFocused();
    await dialog.getByRole("button", { name: "Delete" }).click();
    await expect(page.getByText("You have no webhooks yet.")).toBeVisible();
  },
);

withReceiver(
  "a test that fails says how, and can be sent again once the address works",
  async ({ page, receiver }) => {
    await signUp(page);
    await page.goto("/account/developer");
    await page.getByRole("textbox", { name: "Address" }).fill(receiver.url);
    await page.getByRole("button", { name: "Add webhook" }).click();
    await page.getByRole("link", { name: receiver.url }).click();

    receiver.status = 410;
    await page.getByRole("button", { name: "Send a test" }).click();
    const sent = page.getByRole("table", { name: "Sent messages" });
    await expect
      .poll(async () => {
        await page.reload();
        return page.getByText("This webhook is off").count();
      })
      .toBe(1);
    await expect(sent.getByText("HTTP 410")).toBeVisible();
    await expect(page.getByRole("button", { name: "Send a test" })).toHaveCount(0);

    receiver.status = 204;
    await page.getByRole("button", { name: "Turn on" }).click();
    await expect(page.getByRole("button", { name: "Send a test" })).toBeVisible();
    await expect
      .poll(async () => {
        await page.reload();
        const again = sent.getByRole("button", { name: /^Send .* again$/ });
        if (await again.count()) await again.first().click();
        return sent.getByText("Delivered").count();
      })
      .toBeGreaterThan(0);
  },
);
