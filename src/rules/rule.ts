import type { FixName } from "../model/fix.ts";
import type { Confidence, Harm, Level, RuleInfo } from "../model/rule.ts";
import { compileCondition, compileWhole } from "./condition.ts";
import type { CompiledCondition, SiteTest } from "./condition.ts";
import { infoOf } from "./info.ts";
import { exactValues } from "./matcher.ts";
import { compileTemplate } from "./message.ts";
import type { Template } from "./message.ts";
import type { FixRef, HostName, HostsOf, RuleFile, Variant } from "./schema.ts";

/** A rule ready to be applied. */
export interface Rule extends RuleInfo {
  /** Absolute folder that it was read from. */
  readonly folder: string;
  readonly spec: RuleFile;
  readonly kinds: readonly string[];
  /** The names that can fit, when the query lists them. */
  readonly exactNames?: readonly string[];
  readonly query: CompiledCondition;
  readonly variants: readonly CompiledVariant[];
  readonly taxonRefs: readonly CompiledTaxon[];
  readonly fixes: readonly CompiledFix[];
  readonly says: Says;
}

/** What goes into a result unless something more exact says otherwise. */
export interface Says {
  readonly harm: Harm;
  readonly level: Level;
  readonly confidence: Confidence;
  readonly message: Template;
  readonly help: Template;
}

export interface CompiledVariant {
  readonly when: SiteTest;
  readonly hosts?: HostsOf;
  readonly says: Partial<Says>;
}

export interface CompiledTaxon {
  readonly id: string;
  readonly when?: SiteTest;
  readonly hosts?: HostName | readonly HostName[];
}

/** A repair that fits some of a rule's places. */
export interface CompiledFix {
  readonly apply: FixName;
  readonly when?: SiteTest;
  readonly text?: Template;
}

/** Makes a rule of what its file says; `place` names the file in errors. */
export function compileRule(options: { spec: RuleFile; folder: string; place: string }): Rule {
  const { spec, folder, place } = options;
  const { harm, level, confidence, query } = spec;
  const exact = query.name === undefined ? undefined : exactValues(query.name);
  return {
    ...infoOf(spec),
    folder,
    spec,
    taxonRefs: spec.taxa.map(compileTaxon),
    kinds: typeof query.kind === "string" ? [query.kind] : (query.kind ?? []),
    ...(exact === undefined ? {} : { exactNames: exact }),
    query: compileCondition(query),
    variants: spec.variants.map((variant) => compileVariant(variant, place)),
    fixes: spec.fix.map((fix) => compileFix(fix, place)),
    says: {
      harm,
      level,
      confidence,
      message: compileTemplate({ text: spec.message, place }),
      help: compileTemplate({ text: spec.help, place }),
    },
  };
}

function compileTaxon(ref: RuleFile["taxa"][number]): CompiledTaxon {
  if (typeof ref === "string") return { id: ref };
  return {
    id: ref.id,
    ...(ref.when === undefined ? {} : { when: compileWhole(ref.when) }),
    ...(ref.hosts === undefined ? {} : { hosts: ref.hosts }),
  };
}

function compileFix({ apply, when, text }: FixRef, place: string): CompiledFix {
  return {
    apply,
    ...(when === undefined ? {} : { when: compileWhole(when) }),
    ...(text === undefined ? {} : { text: compileTemplate({ text, place }) }),
  };
}

function compileVariant(spec: Variant, place: string): CompiledVariant {
  const { when, hosts, harm, level, confidence, message, help } = spec;
  return {
    when: compileWhole(when),
    ...(hosts === undefined ? {} : { hosts }),
    says: {
      ...(harm === undefined ? {} : { harm }),
      ...(level === undefined ? {} : { level }),
      ...(confidence === undefined ? {} : { confidence }),
      ...(message === undefined ? {} : { message: compileTemplate({ text: message, place }) }),
      ...(help === undefined ? {} : { help: compileTemplate({ text: help, place }) }),
    },
  };
}
