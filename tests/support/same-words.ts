/** Words that are in another language what they are in English, so a message of nothing else may be the same. */

/** In every language: names, products, abbreviations, units, and what programs call things. */
export const sameEverywhere =
  "Bellhop Microsoft Teams Outlook Outlook.com Google UTC HTTP HTTPS API SMTP SCIM CSV ID URI URL ICS HTML React WordPress SharePoint OAuth OK OpenID Webhook Webhooks Passkey Entra Azure Exchange h min s ms Rosa Delgado request-id";

/** In one language: it has the word too, or has taken it over. */
export const sameIn: Readonly<Record<string, string>> = {
  de: "Admin Administration Diagnose Global in Link Logo Median Name optional Passkey Passkeys Problem Region Server Status Team Teams Text",
  fr: "Actions Admin Administration Date Description Europe Invitations Logo minute minutes Notifications Pages Question Questions Second secret Sections",
  es: "Admin Asia Calendar General Global Google no Personal Tokens Universal",
  it: "Account Africa Asia Calendar Email File Google Host In Link Logo no Password Provider Provisioning Server Team Tenant",
  nl: "Account Accounts Buffer Buffers Details Help Host Hosts in Later Link Logo Open Passkey Passkeys Server Status Team Teams Tokens Updates webinar Week",
  "pt-BR": "Admin Email Emails Global Link Status Tokens Universal",
  pl: "Link Logo Problem Region",
  sv: "Admin Administration Data Link Median Passkey Passkeys Period Problem Region Server Status Team Text",
  ja: "",
  ar: "",
  he: "",
};
