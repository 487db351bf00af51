import { CaretDownIcon } from "@phosphor-icons/react/ssr";
import type { ComponentProps } from "react";
import { classNames } from "@/components/ui/class-names";
import { controlClass } from "@/components/ui/control-class";
import { Icon } from "@/components/ui/icon";

export interface SelectOption {
  value: string;
  label: string;
  /** Where the label is in another language than the page. */
  lang?: string;
}

interface SelectProps extends ComponentProps<"select"> {
  /** The choices; give `children` instead when they are grouped, or HTML when there are very many. */
  options?: readonly SelectOption[];
}

/** The browser's own list, which every phone and screen reader knows. */
export function Select({ options, children, className, ...rest }: SelectProps) {
  return (
    <span className={classNames("relative block min-w-0", className)}>
      {/* As wide as its place, so its choices needn't be measured. */}
      <select
        {...rest}
        className={classNames(controlClass, "field-sizing-content appearance-none pe-9.5 text-ellipsis")}
      >
        {options?.map((option) => (
          <option key={option.value} value={option.value} lang={option.lang}>
            {option.label}
          </option>
        )) ?? children}
      </select>
      <Icon
        glyph={CaretDownIcon}
        size={16}
        className="pointer-events-none absolute top-1/2 end-3 -translate-y-1/2 text-muted"
      />
    </span>
  );
}
