import { execFileSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import { describeRegistration } from "@/lib/registration/app-manifest";

const redirectUri = "https://book.example.com/api/teams/callback";
const scopes = "OnlineMeetings.ReadWrite Calendars.ReadWrite offline_access User.Read";
const four = [
  "a65f2972-a4f8-4f5e-afd7-69ccb046d5dc",
  "1ec239c2-d7c9-4623-a91a-a9775856bb36",
  "7427e0e9-2fba-42fe-b0c0-848c9e6a8182",
  "e1fe6dd8-ba31-4d61-89e7-88639da4683d",
];

it("further addresses of a server are registered beside its own one", () => {
  const furtherUris = ["https://termine.example.com/api/teams/callback"];
  const uri = "https://book.example.com/api/teams/callback";
  const { manifest, commands } = describeRegistration({
    redirectUri: uri,
    furtherUris,
    scopes: "User.Read",
    tenant: null,
  });
  expect(JSON.parse(manifest)).toMatchObject({ web: { redirectUris: [uri, ...furtherUris] } });
  expect(commands).toContain(`--web-redirect-uris '${uri}' '${furtherUris[0]}'`);
});

describe("what has to be registered in Entra", () => {
  it("the manifest has the redirect URI as a web address and each permission as a delegated one", () => {
    const { manifest, unlisted } = describeRegistration({ redirectUri, scopes, tenant: null });
    expect(JSON.parse(manifest)).toEqual({
      signInAudience: "AzureADMyOrg",
      api: { requestedAccessTokenVersion: 2 },
      web: { redirectUris: [redirectUri] },
      isFallbackPublicClient: false,
      requiredResourceAccess: [
        {
          resourceAppId: "00000003-0000-0000-c000-000000000000",
          resourceAccess: four.map((id) => ({ id, type: "Scope" })),
        },
      ],
    });
    expect(unlisted).toEqual([]);
  });

  it.each([
    ["common", "AzureADandPersonalMicrosoftAccount"],
    ["organizations", "AzureADMultipleOrgs"],
    ["consumers", "PersonalMicrosoftAccount"],
    ["contoso.example", "AzureADMyOrg"],
    [null, "AzureADMyOrg"],
  ])("accounts of the tenant “%s” are %s", (tenant, audience) => {
    const recipe = describeRegistration({ redirectUri, scopes, tenant });
    expect(recipe.audience).toBe(audience);
    expect(recipe.commands).toContain(`--sign-in-audience ${audience} `);
  });

  it("a permission without a known id is named, and not made up", () => {
    const recipe = describeRegistration({ redirectUri, scopes: "Calendars.Read Mail.Strange", tenant: null });
    expect(recipe.permissions).toEqual(["Calendars.Read", "Mail.Strange"]);
    expect(recipe.unlisted).toEqual(["Mail.Strange"]);
    expect(JSON.parse(recipe.manifest).requiredResourceAccess[0].resourceAccess).toEqual([
      { id: "465a38f9-76ea-45b9-9f34-9e8b0d4b0b42", type: "Scope" },
    ]);
  });

  it("a shell takes the commands as they stand, the addresses as single words", () => {
    const strange = "https://book.example.com/it's $(here)/api/teams/callback";
    const { commands } = describeRegistration({ redirectUri: strange, scopes, tenant: null });
    // A stand-in for the Azure CLI that only repeats what it was given.
    const script = `az() { for word in "$@"; do printf '%s\\n' "$word" >&2; done; }\n${commands}\n`;
    const said = execFileSync("sh", ["-c", `exec 2>&1\n${script}`], { encoding: "utf8" }).split("\n");
    expect(said).toEqual(expect.arrayContaining([strange, "--append", "admin-consent", "AzureADMyOrg"]));
    const access = said.find((word) => word.startsWith("[{"));
    expect(JSON.parse(access ?? "")[0].resourceAccess).toHaveLength(4);
  });
});
