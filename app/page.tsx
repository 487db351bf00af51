import type { Metadata } from "next";
import { type ReactNode, use } from "react";
import { HeroPicture } from "@/components/landing/hero-picture";
import { SampleRecord } from "@/components/landing/sample-record";
import { LanguageChoice } from "@/components/layout/language-choice";
import { Bell, Mark } from "@/components/layout/mark";
import { ThemeChoice } from "@/components/layout/theme-choice";
import { ButtonLink } from "@/components/ui/button";
import { SkipLink } from "@/components/ui/skip-link";
import { translator } from "@/lib/i18n/translator";
import { getLocale } from "@/lib/reader/locale";

export async function generateMetadata(): Promise<Metadata> {
  const words = translator("landing", await getLocale());
  return { title: { absolute: words("documentTitle") } };
}

export default function LandingPage() {
  const locale = use(getLocale());
  const common = translator("common", locale);
  const words = translator("landing", locale);
  return (
    <>
      <SkipLink>{common("skip.content")}</SkipLink>
      <header className="wide flex h-16 items-center justify-between gap-4 md:h-20">
        <Mark href="/" name={words("product")} />
        <nav className="flex items-center gap-3" aria-label={common("tabs.navigation")}>
          <ButtonLink href="/sign-in" kind="quiet">
            {words("signIn")}
          </ButtonLink>
          <span className="hidden sm:block">
            <ButtonLink href="/sign-up">{words("signUp")}</ButtonLink>
          </span>
        </nav>
      </header>
      <main id="main" tabIndex={-1} className="outline-none">
        <Hero />
        <Record />
        <Care />
        <Looks />
        <NeverDone />
        <Closing />
      </main>
      <footer className="border-t border-hairline text-sm text-muted">
        <div className="wide flex flex-wrap items-center justify-between gap-x-6 gap-y-2 py-4">
          <span>{words("footer.licence")}</span>
          <span className="flex flex-wrap items-center gap-x-6 gap-y-2">
            <LanguageChoice />
            <ThemeChoice />
          </span>
        </div>
      </footer>
    </>
  );
}

function Record() {
  const words = translator("landing", use(getLocale()));
  return (
    <Band>
      <div className="grid gap-8 lg:grid-cols-12">
        <div className="lg:col-span-4">
          <h2>{words("record.title")}</h2>
          <p className="mt-3 max-w-[52ch] text-muted">{words("record.lead")}</p>
        </div>
        <figure className="min-w-0 lg:col-span-8">
          <SampleRecord />
          <figcaption className="mt-2 text-sm text-muted">{words("record.caption")}</figcaption>
        </figure>
      </div>
    </Band>
  );
}

/** Pictures of the demo (scripts/pictures.ts): a page in the dark, a team's, and one in another language. */
const looks = [
  { key: "dark", file: "booking-dark.webp", width: 1800, height: 1200 },
  { key: "team", file: "team.webp", width: 1800, height: 1200 },
  { key: "language", file: "booking-ar.webp", width: 780, height: 1560 },
] as const;

function Looks() {
  const words = translator("landing", use(getLocale()));
  return (
    <section className="wide pb-16">
      <h2>{words("looks.title")}</h2>
      <p className="mt-3 max-w-[62ch] text-muted">{words("looks.lead")}</p>
      <ul className="mt-6 grid items-start gap-6 md:grid-cols-[1fr_1fr_14rem]">
        {looks.map(({ key, file, width, height }) => (
          <li key={key}>
            <figure>
              {/* biome-ignore lint/performance/noImgElement: it has its size and form already. */}
              <img
                src={`/images/${file}`}
                {...{ width, height }}
                alt={words(`looks.${key}.picture`)}
                loading="lazy"
                decoding="async"
                className="h-auto max-h-92 w-full rounded-lg border border-hairline object-cover object-top"
              />
              <figcaption className="mt-2 text-sm text-muted">{words(`looks.${key}.caption`)}</figcaption>
            </figure>
          </li>
        ))}
      </ul>
    </section>
  );
}

function NeverDone() {
  const words = translator("landing", use(getLocale()));
  return (
    <Band>
      <div className="grid gap-6 lg:grid-cols-12">
        <h2 className="lg:col-span-4">{words("wont.title")}</h2>
        <ul className="divide-y divide-hairline border-y border-hairline lg:col-span-8">
          {(["confirm", "mail", "personal", "watch"] as const).map((key) => (
            <li key={key} className="py-3">
              {words(`wont.${key}`)}
            </li>
          ))}
        </ul>
      </div>
    </Band>
  );
}

function Closing() {
  const words = translator("landing", use(getLocale()));
  return (
    <section className="wide grid justify-items-center gap-3 py-16 text-center">
      <Bell size={44} />
      <h2>{words("closing.title")}</h2>
      <p className="max-w-[44ch] text-muted">{words("closing.lead")}</p>
      <div className="mt-2 flex flex-wrap justify-center gap-3">
        <ButtonLink href="/sign-up" kind="primary">
          {words("signUp")}
        </ButtonLink>
        <ButtonLink href="/help" kind="quiet">
          {words("closing.help")}
        </ButtonLink>
      </div>
    </section>
  );
}

function Hero() {
  const words = translator("landing", use(getLocale()));
  return (
    <section className="wide grid items-center gap-12 pt-6 pb-16 md:pt-12 lg:grid-cols-12 lg:gap-8">
      <div className="lg:col-span-5">
        <h1 className="text-3xl tracking-3xl text-pretty md:text-4xl">{words("hero.title")}</h1>
        <p className="mt-4 max-w-[52ch] text-lg">{words("hero.lead")}</p>
        <div className="mt-8 flex flex-wrap gap-3">
          <ButtonLink href="/sign-up" kind="primary">
            {words("signUp")}
          </ButtonLink>
          <ButtonLink href="/sign-in">{words("signIn")}</ButtonLink>
        </div>
        <p className="mt-6 max-w-[44ch] text-sm text-muted">
          {words("hero.note")} <a href="/help/tour">{words("hero.tour")}</a>
        </p>
      </div>
      <div className="min-w-0 lg:col-span-7">
        <HeroPicture />
      </div>
    </section>
  );
}

function Care() {
  const words = translator("landing", use(getLocale()));
  return (
    <section className="wide py-16">
      <h2>{words("care.title")}</h2>
      <dl className="mt-6">
        {(["before", "booked", "moved", "broken"] as const).map((key) => (
          <div
            key={key}
            className="grid gap-x-8 gap-y-1 border-t border-hairline py-6 md:grid-cols-12 md:items-baseline"
          >
            <dt className="text-2xl font-numeral tracking-2xl md:col-span-3">{words(`care.${key}.name`)}</dt>
            <dd className="md:col-span-9 lg:grid lg:grid-cols-[14rem_minmax(0,1fr)] lg:gap-8">
              <p className="font-semibold">{words(`care.${key}.title`)}</p>
              <p className="max-w-[62ch] text-muted">{words(`care.${key}.text`)}</p>
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function Band({ children }: { children: ReactNode }) {
  return (
    <section className="border-y border-hairline bg-surface">
      <div className="wide py-16">{children}</div>
    </section>
  );
}
