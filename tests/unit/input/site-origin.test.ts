import { expect, it } from "vitest";
import { siteOrigin } from "@/lib/input/site-origin";

it.each([
  ["https://www.example.com", "https://www.example.com"],
  [" https://WWW.Example.com:443/ ", "https://www.example.com"],
  ["https://shop.example.com:8443", "https://shop.example.com:8443"],
  ["https://münchen.example", "https://xn--mnchen-3ya.example"],
  ["http://localhost:3000/", "http://localhost:3000"],
  ["http://127.0.0.1:8080", "http://127.0.0.1:8080"],
])("the origin of a website is kept as browsers write it: %s", (written, kept) => {
  expect(siteOrigin.parse(written)).toBe(kept);
});

it.each([
  ["www.example.com", "site_origin"],
  ["", "site_origin"],
  ["*", "site_origin"],
  ["https://*.example.com", "site_origin"],
  ["https://a.example;script-src *", "site_origin"],
  ["https://a.example,b.example", "site_origin"],
  ["https://a.example'", "site_origin"],
  ["https://[::1]:3000", "site_origin"],
  ["https://ada:secret@example.com", "site_origin"],
  ["ftp://example.com", "site_origin"],
  ["data:text/html,hello", "site_origin"],
  ["null", "site_origin"],
  ["http://www.example.com", "site_origin_https"],
  ["http://localhost.example.com", "site_origin_https"],
  ["https://www.example.com/contact", "site_origin_path"],
  ["https://www.example.com/?page=1", "site_origin_path"],
  ["https://www.example.com/#top", "site_origin_path"],
])("what is not the origin of a website is refused: %s", (written, problem) => {
  expect(siteOrigin.safeParse(written).error?.issues[0]?.message).toBe(problem);
});
