import { Logo } from "@/components/brand/logo";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { PostForm } from "@/components/ui/post-form";
import { Seal } from "@/components/ui/seal";
import { SubmitButton } from "@/components/ui/submit-button";
import type { ShownPicture } from "@/lib/brand/read";
import type { Translator } from "@/lib/i18n/translator";

interface PicturePartProps {
  kind: "logo" | "picture";
  /** As forms name it: `me`, `server` or a team's id. */
  owner: string;
  /** Whose initials the seal has. */
  name: string;
  shown: ShownPicture | null;
  /** Another one is shown in its place: the server's. */
  isDefault?: boolean;
  hasMicrosoft?: boolean;
  words: Translator<"brand">;
}

const uploadAddress = "/api/brand";

/** One picture: as it is, another, or none. */
export function PicturePart(props: PicturePartProps) {
  const { kind, owner, name, shown, isDefault = false, hasMicrosoft = false, words } = props;
  const [label, hint] = [words(`pictures.${kind}`), words(`pictures.${kind}Hint`)];
  const suffix = kind === "logo" ? "Logo" : "Picture";
  const fields = { owner, kind };
  const none = words(isDefault ? "pictures.defaultLogo" : `pictures.no${suffix}`);
  return (
    <section aria-label={label} className="grid gap-4">
      <div className="flex flex-wrap items-center gap-4">
        {kind === "logo" && shown && <Logo logo={shown} name={label} size="lg" />}
        {kind === "picture" && <Seal name={name} pictureUrl={shown?.path} size="lg" />}
        <div>
          <h3>{label}</h3>
          <p className="text-sm text-muted">{shown ? hint : `${none}. ${hint}`}</p>
        </div>
      </div>
      <form action={uploadAddress} method="post" encType="multipart/form-data" className="grid gap-3">
        {Object.entries(fields).map(([field, value]) => (
          <input key={field} type="hidden" name={field} value={value} />
        ))}
        <Field id={`file-${kind}`} label={words(`pictures.file${suffix}`)}>
          {(control) => (
            <Input
              {...control}
              type="file"
              name="file"
              accept="image/png,image/jpeg,image/webp"
              className="file:me-3 file:rounded-sm file:border-0 file:bg-sunken file:px-2.5 file:py-0.5 file:font-semibold"
            />
          )}
        </Field>
        <SubmitButton
          kind="second"
          size="sm"
          workingLabel={words("pictures.uploading")}
          className="justify-self-start"
        >
          {words(`pictures.upload${suffix}`)}
        </SubmitButton>
      </form>
      {(shown || hasMicrosoft) && (
        <div className="flex flex-wrap gap-3">
          {hasMicrosoft && (
            <PostForm action={uploadAddress} fields={{ ...fields, from: "microsoft" }}>
              <SubmitButton kind="second" size="sm" workingLabel={words("pictures.microsoftWorking")}>
                {words("pictures.microsoft")}
              </SubmitButton>
            </PostForm>
          )}
          {shown && (
            <PostForm action={uploadAddress} fields={{ ...fields, from: "nowhere" }}>
              <SubmitButton kind="quiet-danger" size="sm" flush workingLabel={words("pictures.removing")}>
                {words(`pictures.remove${suffix}`)}
              </SubmitButton>
            </PostForm>
          )}
        </div>
      )}
    </section>
  );
}
