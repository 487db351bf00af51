import { use } from "react";
import { saveBrandAction } from "@/app/account/brand/actions";
import { BrandForm } from "@/components/brand/brand-form";
import { PicturePart } from "@/components/brand/picture-part";
import { FormPanel } from "@/components/ui/form-panel";
import { Note } from "@/components/ui/note";
import { productAccent } from "@/lib/brand/palette";
import { pictureIn } from "@/lib/brand/read";
import { type BrandScope, findOwnBrand, readDefaults } from "@/lib/brand/save";
import { translator } from "@/lib/i18n/translator";
import { getLocale } from "@/lib/reader/locale";

interface BrandSectionProps {
  scope: BrandScope;
  /** As forms name it: `me`, `server` or a team's id. */
  owner: string;
  kind: "me" | "team" | "server";
  /** Whose initials the seal has. */
  name: string;
  /** Their Microsoft account is connected, and may have a picture. */
  hasMicrosoft?: boolean;
  /** What came of an upload, out of the address. */
  outcome?: string | undefined;
  minutes?: string | undefined;
}

/** Everything that makes pages and mails look like someone's own. */
export async function BrandSection(props: BrandSectionProps) {
  const { scope, owner, kind, name, hasMicrosoft = false } = props;
  const locale = await getLocale();
  const words = translator("brand", locale);
  const [own, defaults] = await Promise.all([findOwnBrand(scope), readDefaults(name)]);
  const isServer = kind === "server";
  const logo = own && pictureIn(own, "logo");
  const picture = own && pictureIn(own, "picture");
  const upload = { owner, name, words: words };
  return (
    <>
      <FormPanel title={words("title")} lead={words(`lead.${kind}`)}>
        <BrandForm
          action={saveBrandAction}
          owner={owner}
          hasName={!isServer}
          stored={{
            name: own?.name ?? "",
            accent: own?.accent ?? "",
            welcome: own?.welcome ?? "",
            showsBellhop: own?.showsBellhop ?? (isServer ? true : defaults.showsBellhop),
          }}
          defaultAccent={(isServer ? null : defaults.accent) ?? productAccent}
          words={{
            name: words("name"),
            nameHint: words(kind === "team" ? "nameTeamHint" : "nameHint"),
            accent: words("accent"),
            accentHint: words("accentHint"),
            accentPick: words("accentPick"),
            preview: words("preview"),
            light: words("light"),
            dark: words("dark"),
            sampleButton: words("sampleButton"),
            sampleLink: words("sampleLink"),
            kept: words("kept"),
            movedLight: words("movedLight", { light: "{light}" }),
            movedDark: words("movedDark", { dark: "{dark}" }),
            movedBoth: words("movedBoth", { light: "{light}", dark: "{dark}" }),
            welcome: words("welcome"),
            welcomeHint: words("welcomeHint"),
            showsBellhop: words("showsBellhop"),
            save: words("save"),
            saving: words("saving"),
            optional: translator("common", locale)("optional"),
          }}
        />
      </FormPanel>
      <div id="pictures">
        <FormPanel title={words("pictures.title")} lead={words("pictures.lead")}>
          <div className="grid gap-8">
            <Outcome outcome={props.outcome} minutes={props.minutes} />
            <PicturePart
              {...upload}
              kind="logo"
              shown={logo}
              isDefault={!logo && !isServer && defaults.logo !== null}
            />
            {!isServer && (
              <PicturePart {...upload} kind="picture" shown={picture} hasMicrosoft={hasMicrosoft} />
            )}
          </div>
        </FormPanel>
      </div>
    </>
  );
}

const outcomes = [
  "saved",
  "removed",
  "empty",
  "too_often",
  "forbidden",
  "picture_kind",
  "picture_too_large",
  "picture_broken",
  "picture_pixels",
  "no_picture",
  "not_connected",
  "unavailable",
] as const;

function Outcome({ outcome, minutes }: Pick<BrandSectionProps, "outcome" | "minutes">) {
  const words = translator("brand", use(getLocale()));
  const known = outcomes.find((one) => one === outcome);
  if (!known) return null;
  const title = words(`outcomes.${known}`, { minutes: Number(minutes) || 1 });
  const isGood = known === "saved" || known === "removed";
  return <Note tone={isGood ? "success" : "danger"} role={isGood ? "status" : "alert"} title={title} />;
}
