import { z } from "zod";
import { endpoint } from "@/lib/api/endpoint";
import { brand, brandChange } from "@/lib/brand/schema";
import type { ConnectionView } from "@/lib/connections/queries";

const instant = z.iso.datetime();

const organizer = z
  .object({
    id: z.uuid(),
    handle: z.string().meta({ description: "Your public page is at /{handle}" }),
    name: z.string(),
    email: z.string(),
    role: z.enum(["organizer", "admin"]),
    brand,
  })
  .meta({ id: "Organizer" });

export const getMeEndpoint = endpoint({
  method: "GET",
  path: "/api/v1/me",
  access: "read",
  summary: "Read whose key this is",
  answer: organizer,
});

export const changeMeEndpoint = endpoint({
  method: "PATCH",
  path: "/api/v1/me",
  access: "all",
  summary: "Change how your pages and emails look. What you leave out stays the same",
  body: z.strictObject({ brand: brandChange }).partial().meta({ id: "OrganizerChange" }),
  answer: organizer,
  problems: ["invalid_request"],
});

export const listConnectionsEndpoint = endpoint({
  method: "GET",
  path: "/api/v1/me/connections",
  access: "read",
  summary: "List your connections to meeting providers",
  answer: z.array(
    z
      .object({
        provider: z.string().meta({ examples: ["teams"] }),
        state: z
          .enum(["connected", "limited", "reconnect_needed"])
          .meta({ description: "limited: your calendar works, Teams meetings do not" }),
        reason: z.string().nullable().meta({
          description:
            "Why the state is what it is, as a stable code. `scopes_added`: this server asks for the permissions in `missingScopes`, and everything else goes on working",
        }),
        accountEmail: z.string(),
        accountKind: z.enum(["work", "personal"]),
        tenantId: z.string(),
        grantedScopes: z.array(z.string()),
        missingScopes: z.array(z.string()),
        teamsAvailable: z.boolean(),
        expiresAt: instant.meta({
          description: "When the access token expires. Bellhop renews it automatically",
        }),
        lastUsedAt: instant.nullable(),
        lastVerifiedAt: instant.nullable(),
        lastError: z.string().nullable(),
        createdAt: instant,
        updatedAt: instant,
      })
      .meta({ id: "Connection" }),
  ),
});

/** A connection as the API writes it. */
export function toConnectionAnswer({ works: _works, managed: _managed, ...connection }: ConnectionView) {
  return {
    ...connection,
    expiresAt: connection.expiresAt.toISOString(),
    lastUsedAt: connection.lastUsedAt?.toISOString() ?? null,
    lastVerifiedAt: connection.lastVerifiedAt?.toISOString() ?? null,
    createdAt: connection.createdAt.toISOString(),
    updatedAt: connection.updatedAt.toISOString(),
  };
}
