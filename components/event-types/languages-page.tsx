import { use } from "react";
import { AccountForm, type FormField } from "@/components/accounts/account-form";
import { classNames } from "@/components/ui/class-names";
import { FormPanel } from "@/components/ui/form-panel";
import { Note } from "@/components/ui/note";
import { PageHead } from "@/components/ui/page-head";
import type { FormState } from "@/lib/auth/form-state";
import {
  hiddenLanguageFields,
  hintField,
  optionField,
  questionField,
} from "@/lib/event-types/form-languages";
import type { EventType } from "@/lib/event-types/schema";
import { languageOf, localeOf, nameOfLanguage, shippedTags } from "@/lib/i18n/languages";
import { translator } from "@/lib/i18n/translator";
import { cutText } from "@/lib/input/cut";
import { getLocale } from "@/lib/reader/locale";

interface LanguagesPageProps {
  eventType: Pick<
    EventType,
    "id" | "title" | "description" | "mailGreeting" | "mailClosing" | "questions" | "translations"
  >;
  /** The event type's form. */
  editorHref: string;
  /** The language that was chosen, as the address says it. */
  chosen: string | string[] | undefined;
  action: (state: FormState, formData: FormData) => Promise<FormState>;
  /** Values that travel unseen. */
  hidden: Readonly<Record<string, string>>;
  /** The team that decides about these words; null: its organizer does. */
  lockedBy: string | null;
}

/** What visitors read of an event type, in each language. A language has an address of its own. */
export function LanguagesPage({
  eventType,
  editorHref,
  chosen,
  action,
  hidden,
  lockedBy,
}: LanguagesPageProps) {
  const words = translator("event-types", use(getLocale()));
  const { title, translations, questions } = eventType;
  const language = shippedTags.find((tag) => tag === chosen) ?? firstOf(translations);
  const name = nameOfLanguage(language);
  return (
    <>
      <PageHead
        title={words("languages.title")}
        lead={words("languages.lead", { title })}
        back={{ href: `${editorHref}#languages`, label: title }}
      />
      <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-6 lg:grid-cols-[14rem_minmax(0,1fr)] lg:gap-8">
        <LanguageList chosen={language} written={Object.keys(translations)} />
        {lockedBy === null ? (
          <FormPanel title={name} lead={words("languages.empty")}>
            <AccountForm
              key={language}
              action={action}
              hidden={{ ...hidden, ...hiddenLanguageFields(questions), language }}
              fields={fieldsOf(eventType, language, words)}
              submit={{
                label: words("languages.save", { language: name }),
                workingLabel: words("languages.saving"),
              }}
            />
          </FormPanel>
        ) : (
          <Note tone="calm" title={words("form.locked", { team: lockedBy })}>
            <p>{words("languages.locked")}</p>
          </Note>
        )}
      </div>
    </>
  );
}

/** Whoever has begun with a language goes on with it. */
function firstOf(translations: EventType["translations"]): string {
  return shippedTags.find((tag) => tag in translations) ?? shippedTags.find((tag) => tag !== "en") ?? "en";
}

function LanguageList({ chosen, written }: { chosen: string; written: readonly string[] }) {
  const words = translator("event-types", use(getLocale()));
  return (
    <nav aria-label={words("languages.list")}>
      <ul className="grid grid-cols-2 gap-1 sm:grid-cols-3 lg:grid-cols-1">
        {shippedTags.map((tag) => (
          <li key={tag}>
            <a
              href={`?language=${tag}`}
              aria-current={tag === chosen ? "page" : undefined}
              className={classNames(
                "flex min-h-11 flex-wrap items-center gap-x-2 rounded-md px-3 text-ink no-underline hover:bg-accent-tint lg:min-h-9",
                "aria-[current=page]:bg-accent-tint aria-[current=page]:font-strong aria-[current=page]:text-accent-strong forced-colors:aria-[current=page]:underline",
              )}
            >
              <bdi lang={tag}>{nameOfLanguage(tag)}</bdi>
              {written.includes(tag) && (
                <span className="text-sm font-normal text-muted">{words("languages.written")}</span>
              )}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

/** Longer texts are known by how they begin. */
const hintLength = 240;

type Words = ReturnType<typeof translator<"event-types">>;

function fieldsOf(
  { title, description, mailGreeting, mailClosing, questions, translations }: LanguagesPageProps["eventType"],
  language: string,
  words: Words,
): FormField[] {
  const {
    title: ownTitle,
    description: ownDescription,
    mailGreeting: ownGreeting,
    mailClosing: ownClosing,
    questions: asked = {},
  } = translations[language] ?? {};
  const { direction } = languageOf(localeOf(language));
  const field = (name: string, label: string, own: string, value = "", rows?: number): FormField => ({
    name,
    label,
    value,
    ...(own ? { hint: words("languages.original", { text: cutText(own, hintLength) }) } : {}),
    autoComplete: "off",
    required: false,
    lang: language,
    dir: direction,
    ...(rows ? { rows } : {}),
  });
  return [
    field("title", words("form.title"), title, ownTitle),
    field("description", words("form.description"), description, ownDescription, 4),
    field("mailGreeting", words("form.mails.greeting"), mailGreeting, ownGreeting, 2),
    field("mailClosing", words("form.mails.closing"), mailClosing, ownClosing, 3),
    ...questions.flatMap(({ id, label, hint, options = [] }, index) => {
      const own = asked[id];
      return [
        field(questionField(index), words("languages.question", { number: index + 1 }), label, own?.label),
        ...(hint
          ? [field(hintField(index), words("languages.hint", { number: index + 1 }), hint, own?.hint)]
          : []),
        ...options.map((option, place) =>
          field(
            optionField(index, place),
            words("languages.option", { number: index + 1, option }),
            "",
            own?.options?.[option],
          ),
        ),
      ];
    }),
  ];
}
