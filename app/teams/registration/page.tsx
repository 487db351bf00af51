import type { Metadata } from "next";
import type { ReactNode } from "react";
import { Recipe } from "@/components/admin/recipe";
import { PublicShell } from "@/components/layout/public-shell";
import { aliasRedirectUris } from "@/lib/auth/own-address";
import { env } from "@/lib/config/env";
import { translator } from "@/lib/i18n/translator";
import { getLocale } from "@/lib/reader/locale";
import { describeRegistration } from "@/lib/registration/app-manifest";
import { registration } from "@/lib/registration/registration";
import { tenantOf } from "@/lib/registration/setup-facts";

export async function generateMetadata(): Promise<Metadata> {
  const words = translator("admin", await getLocale());
  return { title: words("recipe.title"), robots: { index: false, follow: false } };
}

/** What has to be registered in Entra, for someone there who has no account here. Says nothing that a sign-in doesn't. */
export default async function RegistrationPage() {
  const locale = await getLocale();
  const words = translator("admin", locale);
  const app = await registration();
  const { kind } = tenantOf(app.tenant);
  const isChosen = app.origins.tenant !== "default";
  const tenant = isChosen ? app.tenant : null;
  const recipe = describeRegistration({
    redirectUri: app.redirectUri,
    furtherUris: aliasRedirectUris(),
    scopes: app.scopes,
    tenant,
  });
  const hasMany = isChosen && kind !== "single";
  return (
    <PublicShell host={translator("common", locale)("product")} bar>
      <div className="wide w-full py-8 md:py-14">
        <div className="mx-auto grid max-w-160 gap-8">
          <div>
            <h1>{words("recipe.title")}</h1>
            <p className="mt-2 text-muted">{words("recipe.lead", { site: new URL(env().APP_URL).host })}</p>
          </div>
          <Recipe
            title={words("setup.entra.redirectLabel")}
            lead={words.rich("recipe.redirect", { b: strong })}
            text={app.redirectUri}
          />
          {aliasRedirectUris().map((uri) => (
            <Recipe
              key={uri}
              title={words("recipe.furtherUri", { host: new URL(uri).host })}
              lead={words("recipe.furtherLead")}
              text={uri}
            />
          ))}
          <section className="grid gap-3">
            <h2 className="text-lg">{words("recipe.permissionsTitle")}</h2>
            <p>{words.rich("recipe.permissions", { b: strong })}</p>
            <ul className="grid list-disc gap-1.5 ps-5">
              {recipe.permissions.map((name) => (
                <li key={name}>
                  <code className="font-mono">{name}</code>
                </li>
              ))}
            </ul>
          </section>
          <Recipe
            title={words("recipe.commandsTitle")}
            lead={words("recipe.commands")}
            text={recipe.commands}
          />
          <Recipe
            title={words("recipe.manifestTitle")}
            lead={words.rich("recipe.manifest", { b: strong })}
            text={recipe.manifest}
          />
          {recipe.unlisted.length > 0 && (
            <p>{words("recipe.unlisted", { names: recipe.unlisted.join(", ") })}</p>
          )}
          <section className="grid gap-3">
            <h2 className="text-lg">{words("recipe.looksTitle")}</h2>
            <p>{words.rich("setup.entra.branding", { b: strong })}</p>
            {hasMany && <p>{words.rich("setup.entra.publisher", { b: strong, link: verification })}</p>}
          </section>
          <section className="grid gap-3">
            <h2 className="text-lg">{words("recipe.backTitle")}</h2>
            <p>{words.rich("recipe.back", { b: strong })}</p>
          </section>
        </div>
      </div>
    </PublicShell>
  );
}

const strong = (text: ReactNode) => <strong className="font-semibold">{text}</strong>;
const verification = (text: ReactNode) => (
  <a
    href="https://learn.microsoft.com/entra/identity-platform/publisher-verification-overview"
    rel="noreferrer"
  >
    {text}
  </a>
);
