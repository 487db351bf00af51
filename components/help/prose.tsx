import { CaretDownIcon } from "@phosphor-icons/react/ssr";
import type { MarkedToken, Token, Tokens } from "marked";
import { Fragment, type ReactNode, use } from "react";
import { Picture } from "@/components/help/picture";
import { copyWords } from "@/components/layout/copy-words";
import { classNames } from "@/components/ui/class-names";
import { CopyButton } from "@/components/ui/copy-button";
import { Icon } from "@/components/ui/icon";
import { Note } from "@/components/ui/note";
import { Panel } from "@/components/ui/panel";
import { type Column, Table } from "@/components/ui/table";
import { anchorsOf, known, plainText } from "@/lib/help/article";
import { addressOf } from "@/lib/help/search";
import { getLocale } from "@/lib/reader/locale";

const measure = "max-w-[68ch]";

/** A text of docs/ in the house's look. Only what those texts use is known; raw HTML is left out, and so are pictures that aren't ours. */
export function Prose({ tokens }: { tokens: readonly MarkedToken[] }) {
  const anchors = anchorsOf([...tokens]);
  const secondHeading = tokens.filter(({ type }) => type === "heading")[1];
  const opening = secondHeading ? tokens.slice(0, tokens.indexOf(secondHeading)) : tokens;
  const first = opening.find((token) => pictureIn(token));
  let heading = "";
  return tokens.map((token, index) => {
    const key = `${index}-${token.type}`;
    if (token.type === "heading") heading = plainText(token.tokens);
    const place = { anchor: anchors.get(token), heading, isFirstPicture: token === first };
    return <Fragment key={key}>{block(token, place)}</Fragment>;
  });
}

/** The picture that a paragraph consists of. */
function pictureIn(token: MarkedToken): Tokens.Image | undefined {
  const [only, ...others] = token.type === "paragraph" ? known(token.tokens) : [];
  return only?.type === "image" && others.length === 0 ? only : undefined;
}

interface Place {
  anchor?: string | undefined;
  /** The heading above, which names what has no name of its own. */
  heading: string;
  /** It has the picture that its reader sees first. */
  isFirstPicture?: boolean;
}

function block(token: MarkedToken, place: Place): ReactNode {
  switch (token.type) {
    case "heading":
      return <Heading token={token} anchor={place.anchor} />;
    case "paragraph": {
      const picture = pictureIn(token);
      return (
        <p className={classNames("mt-4", measure)}>
          {picture ? <Picture token={picture} isFirst={place.isFirstPicture} /> : inline(token.tokens)}
        </p>
      );
    }
    case "text":
      return inline(token.tokens ?? [token]);
    case "list":
      return <List token={token} place={place} />;
    case "blockquote":
      return (
        <div className={classNames("mt-4", measure)}>
          <Note tone="calm">
            {known(token.tokens).map((inner) => (
              <p key={inner.raw}>{"tokens" in inner && inner.tokens ? inline(inner.tokens) : inner.raw}</p>
            ))}
          </Note>
        </div>
      );
    case "code":
      return <Code token={token} />;
    case "table":
      return <WordTable token={token} label={place.heading} />;
    default:
      return null;
  }
}

function Heading({ token, anchor }: { token: Tokens.Heading; anchor: string | undefined }) {
  const Tag = token.depth === 2 ? "h2" : "h3";
  return (
    <Tag
      id={anchor}
      className={token.depth === 2 ? "mt-12 border-t border-hairline pt-6 first:mt-0" : "mt-8"}
    >
      <a href={`#${anchor}`} className="text-ink no-underline hover:text-ink hover:underline">
        {inline(token.tokens)}
      </a>
    </Tag>
  );
}

function List({ token, place }: { token: Tokens.List; place: Place }) {
  const items = token.items.map((item) => (
    <li key={item.raw} className="ps-1 marker:text-muted">
      {known(item.tokens).map((inner) => (
        <Fragment key={inner.raw}>{block(inner, place)}</Fragment>
      ))}
    </li>
  ));
  const className = classNames("mt-4 grid gap-2 ps-6", measure);
  return token.ordered ? (
    <ol start={token.start || 1} className={classNames(className, "list-decimal")}>
      {items}
    </ol>
  ) : (
    <ul className={classNames(className, "list-disc")}>{items}</ul>
  );
}

/** A sample that has a title after its language is folded up under it. */
function Code({ token: { text, lang = "" } }: { token: Tokens.Code }) {
  const [, title] = /^\w+ (.+)$/.exec(lang) ?? [];
  if (!title) return <CodeBlock text={text} />;
  return (
    <details className="group mt-2">
      <summary className="flex min-h-11 w-fit items-center gap-1 text-sm font-semibold">
        <Icon glyph={CaretDownIcon} className="text-muted group-open:rotate-180" />
        {title}
      </summary>
      <CodeBlock text={text} />
    </details>
  );
}

function CodeBlock({ text }: { text: string }) {
  const locale = use(getLocale());
  return (
    <div className="mt-4 grid grid-cols-[minmax(0,1fr)_auto] items-start gap-2 rounded-md border border-hairline bg-sunken py-2 pe-2 ps-4">
      <pre className="py-2 font-mono text-sm wrap-anywhere whitespace-pre-wrap">
        <code>{text}</code>
      </pre>
      <CopyButton text={text} kind="quiet" size="sm" {...copyWords(locale)} />
    </div>
  );
}

/** On narrow screens the first column leads, the second is below it, and further ones are labelled. */
function WordTable({ token, label }: { token: Tokens.Table; label: string }) {
  const columns = token.header.map(
    (head, index): Column<Tokens.TableCell[]> => ({
      key: head.text,
      head: plainText(head.tokens),
      cell: (row) => inline(row[index]?.tokens ?? []),
      block: index === 0 ? "lead" : index === 1 ? "full" : "named",
    }),
  );
  return (
    <Panel bare className="mt-4">
      <Table label={label} columns={columns} rows={token.rows} rowKey={(row) => row[0]?.text ?? ""} />
    </Panel>
  );
}

function inline(tokens: Token[]): ReactNode {
  return known(tokens).map((token, index) => {
    const key = `${index}-${token.type}`;
    return <Fragment key={key}>{span(token)}</Fragment>;
  });
}

function span(token: MarkedToken): ReactNode {
  switch (token.type) {
    case "strong":
      return <strong className="font-strong">{inline(token.tokens)}</strong>;
    case "em":
      return <em>{inline(token.tokens)}</em>;
    case "codespan":
      return <code className="font-mono text-[0.9em] wrap-anywhere">{token.text}</code>;
    case "link":
      return <a href={toAddress(token.href)}>{inline(token.tokens)}</a>;
    case "image":
      return <Picture token={token} />;
    case "br":
      return <br />;
    case "text":
    case "escape":
      return "tokens" in token && token.tokens ? inline(token.tokens) : token.text;
    default:
      return null;
  }
}

/** Links between the files lead, here, between the pages. */
function toAddress(href: string): string {
  const [, slug, anchor] = /^([\w-]+)\.md(?:#(.+))?$/.exec(href) ?? [];
  return slug ? addressOf(slug, anchor) : href;
}
