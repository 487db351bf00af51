/** Accounts and this service in SCIM's terms (RFC 7643). */
import { env } from "@/lib/config/env";
import type { ScimAccount } from "@/lib/scim/users";

const userSchema = "urn:ietf:params:scim:schemas:core:2.0:User";
const listSchema = "urn:ietf:params:scim:api:messages:2.0:ListResponse";

const base = () => `${env().APP_URL}/api/scim/v2`;

export const locationOf = (id: string) => `${base()}/Users/${id}`;

/** One account. */
export function toScimUser({ id, email, name, disabledAt, createdAt, updatedAt, scim }: ScimAccount) {
  const changedAt = scim && scim.updatedAt > updatedAt ? scim.updatedAt : updatedAt;
  return {
    schemas: [userSchema],
    id,
    ...(scim?.externalId ? { externalId: scim.externalId } : {}),
    userName: scim?.userName ?? email,
    displayName: scim?.displayName ?? name,
    name: {
      formatted: scim?.formattedName ?? name,
      ...(scim?.givenName ? { givenName: scim.givenName } : {}),
      ...(scim?.familyName ? { familyName: scim.familyName } : {}),
    },
    emails: [{ value: email, type: "work", primary: true }],
    active: disabledAt === null,
    meta: {
      resourceType: "User",
      created: createdAt.toISOString(),
      lastModified: changedAt.toISOString(),
      location: locationOf(id),
    },
  };
}

/** A page of a list; `startIndex` counts from 1. */
export function toScimList(resources: readonly object[], total: number, startIndex = 1) {
  return {
    schemas: [listSchema],
    totalResults: total,
    startIndex,
    itemsPerPage: resources.length,
    Resources: resources,
  };
}

export const filterMax = 200;

/** What this service can do (RFC 7643, 5). */
export function serviceProviderConfig() {
  const not = { supported: false };
  return {
    schemas: ["urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig"],
    patch: { supported: true },
    bulk: { ...not, maxOperations: 0, maxPayloadSize: 0 },
    filter: { supported: true, maxResults: filterMax },
    changePassword: not,
    sort: not,
    etag: not,
    authenticationSchemes: [
      {
        type: "oauthbearertoken",
        name: "OAuth Bearer Token",
        description: "A token that an admin has created under Users, Provisioning",
        primary: true,
      },
    ],
    meta: { resourceType: "ServiceProviderConfig", location: `${base()}/ServiceProviderConfig` },
  };
}

/** What kinds of things there are: users. */
export function userResourceType() {
  return {
    schemas: ["urn:ietf:params:scim:schemas:core:2.0:ResourceType"],
    id: "User",
    name: "User",
    description: "An account",
    endpoint: "/Users",
    schema: userSchema,
    meta: { resourceType: "ResourceType", location: `${base()}/ResourceTypes/User` },
  };
}

const attribute = (name: string, more: object = {}) => ({
  name,
  type: "string",
  multiValued: false,
  required: false,
  caseExact: false,
  mutability: "readWrite",
  returned: "default",
  uniqueness: "none",
  ...more,
});

/** The attributes of a user that are kept. */
export function userSchemaDocument() {
  return {
    schemas: ["urn:ietf:params:scim:schemas:core:2.0:Schema"],
    id: userSchema,
    name: "User",
    description: "An account",
    attributes: [
      attribute("userName", { required: true, uniqueness: "server" }),
      attribute("externalId", { caseExact: true, uniqueness: "server" }),
      attribute("displayName"),
      attribute("name", {
        type: "complex",
        subAttributes: [attribute("formatted"), attribute("givenName"), attribute("familyName")],
      }),
      attribute("emails", {
        type: "complex",
        multiValued: true,
        subAttributes: [
          attribute("value", { uniqueness: "server" }),
          attribute("type", { canonicalValues: ["work"] }),
          attribute("primary", { type: "boolean" }),
        ],
      }),
      attribute("active", { type: "boolean" }),
      attribute("timezone", { returned: "never" }),
    ],
    meta: { resourceType: "Schema", location: `${base()}/Schemas/${userSchema}` },
  };
}
