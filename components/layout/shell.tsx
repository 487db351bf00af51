import { type ComponentProps, type ReactNode, use } from "react";
import { Mark } from "@/components/layout/mark";
import { PersonMenu } from "@/components/layout/person-menu";
import { TabBar } from "@/components/layout/tab-bar";
import { SkipLink } from "@/components/ui/skip-link";
import { translator } from "@/lib/i18n/translator";
import { getLocale } from "@/lib/reader/locale";

interface ShellProps extends Pick<ComponentProps<typeof PersonMenu>, "person" | "signOut"> {
  /** Where the product's mark leads, and the word beside it if any. */
  home: { href: string; annex?: string };
  navigation: Pick<ComponentProps<typeof TabBar>, "label" | "tabs">;
  /** The link beside the person's menu, on wide screens. */
  aside: { href: string; label: string };
  menu: ComponentProps<typeof PersonMenu>["links"];
  /** What can be switched between, before the person's menu. */
  switcher?: ReactNode;
  /** The last line of the page. */
  footer?: string;
  children: ReactNode;
}

/** The page around everything that takes a sign-in: top bar, tabs, one `main`. */
export function Shell({
  person,
  signOut,
  home,
  navigation,
  aside,
  menu,
  switcher,
  footer,
  children,
}: ShellProps) {
  const words = translator("common", use(getLocale()));
  return (
    <div className="pb-15 md:pb-0">
      <SkipLink>{words("skip.content")}</SkipLink>
      <header className="border-b border-hairline bg-surface">
        <div className="wide flex h-14 items-center gap-8 md:h-16">
          <Mark {...home} name={words("product")} />
          <TabBar {...navigation} />
          <div className="ms-auto flex items-center gap-4">
            <a className="hidden text-sm lg:inline" href={aside.href}>
              {aside.label}
            </a>
            {switcher}
            <PersonMenu person={person} signOut={signOut} links={menu} />
          </div>
        </div>
      </header>
      <main id="main" tabIndex={-1} className="wide pt-6 pb-12 outline-none md:pt-8 md:pb-16">
        {children}
      </main>
      {footer && <footer className="wide pb-6 text-sm text-muted">{footer}</footer>}
    </div>
  );
}
