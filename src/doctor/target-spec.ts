import { ARCHS, type Arch } from "../model/host.ts";
import type { DoctorFinding, FileEdit } from "../model/doctor.ts";
import type { SpecFormat, SpecNeeds } from "../kb/target-spec.ts";
import { membersOf, type JsonMember } from "./json-members.ts";
import { parseProblem, positionAt } from "./json-text.ts";
import { added, without, withValue } from "./spec-edits.ts";

/** What a target specification is held against. */
export interface SpecGround {
  readonly format: SpecFormat;
  readonly needs: SpecNeeds;
}

interface Spec {
  readonly file: string;
  readonly text: string;
  readonly members: readonly JsonMember[];
  readonly ground: SpecGround;
}

type Told = Pick<DoctorFinding, "check" | "message" | "fix"> & {
  readonly level?: DoctorFinding["level"];
  readonly edits?: readonly FileEdit[];
};

/** Checks one target specification: first what the compiler refuses, then what cosmocc needs. */
export function checkSpec(file: string, text: string, ground: SpecGround): DoctorFinding[] {
  const problem = parseProblem(text);
  if (problem !== undefined) {
    const fix = "Write a JSON object.";
    return [
      { check: "syntax", level: "error", file, start: problem.at, message: problem.why, fix },
    ];
  }
  const spec: Spec = { file, text, members: membersOf(text), ground };
  const crt = crtFindings(spec);
  const refused = [
    ...fieldFindings(spec),
    ...linkArgFindings(spec),
    ...crt,
    ...layoutFindings(spec),
  ];
  // NOTE: what is missing as a whole has no place, and hides nothing.
  const placed = refused.filter(({ check }) => check !== "field-missing");
  const told = new Set(placed.map(({ start }) => `${start.line}:${start.column}`));
  const answered = crt.length === 0 ? [] : [CRT_RESPECTED];
  const needed = needFindings(spec, answered).filter(
    ({ start }) => !told.has(`${start.line}:${start.column}`),
  );
  return [...refused, ...needed].toSorted(
    (a, b) => a.start.line - b.start.line || a.start.column - b.start.column,
  );
}

function finding({ file, text }: Spec, at: number, told: Told): DoctorFinding {
  return { level: "error", ...told, file, start: positionAt(text, at) };
}

function fieldFindings(spec: Spec): DoctorFinding[] {
  const { format } = spec.ground;
  const missing = format.required.filter((key) => spec.members.every((each) => each.key !== key));
  return [
    ...spec.members.flatMap((member) => fieldFinding(spec, member) ?? []),
    ...missing.map((key) =>
      finding(spec, 0, {
        check: "field-missing",
        message: `\`${key}\` is missing: the compiler wants it`,
        fix: "Take the specifications that `ape-lint init` writes.",
      }),
    ),
  ];
}

function fieldFinding(spec: Spec, member: JsonMember): DoctorFinding | undefined {
  const { format, needs } = spec.ground;
  const { key, value, keyStart, valueStart } = member;
  const known = Object.hasOwn(format.fields, key) ? format.fields[key] : undefined;
  if (known === undefined) {
    const gone = needs.gone.some(({ field }) => field === key);
    return finding(spec, keyStart, {
      check: "field-unknown",
      level: gone ? "error" : "warning",
      message: `\`${key}\` is no field that ${format.rustc} knows`,
      fix: gone ? "Remove it." : "Remove it, unless your compiler is newer and knows it.",
      ...(gone ? { edits: [without(spec.members, member)] } : {}),
    });
  }
  const type = typeOf(value);
  if (!(known.types as readonly string[]).includes(type)) {
    const right = converted(value, known.types);
    return finding(spec, valueStart, {
      check: "field-type",
      message: `\`${key}\` is ${article(type)}; the compiler wants ${known.types.map(article).join(" or ")}`,
      fix:
        right === undefined
          ? `Write ${article(known.types[0] ?? "value")}.`
          : `Write \`${JSON.stringify(right)}\`.`,
      ...(right === undefined ? {} : { edits: [withValue(member, right)] }),
    });
  }
  if (known.words === undefined || known.words.includes(String(value))) return undefined;
  return finding(spec, valueStart, {
    check: "field-value",
    message: `\`${key}\` cannot be \`${String(value)}\``,
    fix: `Take one of ${known.words.join(", ")}.`,
  });
}

function typeOf(value: unknown): string {
  if (Array.isArray(value)) return "array";
  if (typeof value === "number") return Number.isInteger(value) ? "integer" : "number";
  return value === null ? "null" : typeof value;
}

function converted(
  value: unknown,
  types: readonly string[],
): number | string | boolean | undefined {
  if (typeof value === "string" && types.includes("integer") && /^\d{1,6}$/u.test(value))
    return Number(value);
  if (typeof value === "string" && types.includes("boolean") && /^(?:true|false)$/u.test(value))
    return value === "true";
  if (typeof value === "number" && types.includes("string")) return String(value);
  return undefined;
}

function article(type: string): string {
  const words: Readonly<Record<string, string>> = {
    string: "a text",
    integer: "a number",
    array: "a list",
  };
  return words[type] ?? `${/^[aeiou]/u.test(type) ? "an" : "a"} ${type}`;
}

/** `late-link-args` and its kin: a flavor with nothing behind it is refused. */
function linkArgFindings(spec: Spec): DoctorFinding[] {
  return spec.members.flatMap((member) => {
    if (!/^(?:pre|post|late)-link-args/u.test(member.key) || typeOf(member.value) !== "object")
      return [];
    const flavors = membersOf(spec.text, member.valueStart);
    const empty = flavors.filter(({ value }) => Array.isArray(value) && value.length === 0);
    return empty.map((flavor) =>
      finding(spec, flavor.keyStart, {
        check: "link-args-empty",
        message: `the arguments of \`${flavor.key}\` in \`${member.key}\` are an empty list`,
        fix: "Remove it.",
        edits: [
          empty.length === flavors.length
            ? without(spec.members, member)
            : without(flavors, flavor),
        ],
      }),
    );
  });
}

const CRT_RESPECTED = "crt-static-respected";

function crtFindings(spec: Spec): DoctorFinding[] {
  const byDefault = memberOf(spec, "crt-static-default");
  const respected = memberOf(spec, CRT_RESPECTED);
  if (byDefault?.value !== true || respected?.value === true) return [];
  const edit =
    respected === undefined
      ? added(spec.text, spec.members, CRT_RESPECTED, true)
      : withValue(respected, true);
  return [
    finding(spec, respected?.valueStart ?? byDefault.keyStart, {
      check: "crt-static-respected",
      message: "`crt-static-default` is set and `crt-static-respected` is not",
      fix: 'Write `"crt-static-respected": true`.',
      edits: [edit],
    }),
  ];
}

function layoutFindings(spec: Spec): DoctorFinding[] {
  const layout = memberOf(spec, "data-layout");
  const llvm = memberOf(spec, "llvm-target")?.value;
  const { layouts } = spec.ground.format;
  const right =
    typeof llvm === "string" && Object.hasOwn(layouts, llvm) ? layouts[llvm] : undefined;
  if (layout === undefined || right === undefined || layout.value === right) return [];
  return [
    finding(spec, layout.valueStart, {
      check: "data-layout",
      message: `the data layout is not the one that today's LLVM has for ${String(llvm)}`,
      fix: `Write \`${right}\`.`,
      edits: [withValue(layout, right)],
    }),
  ];
}

function needFindings(spec: Spec, answered: readonly string[]): DoctorFinding[] {
  const arch = archOf(spec);
  return spec.ground.needs.settings.flatMap((need) => {
    if (arch === undefined || need.archs?.includes(arch) === false) return [];
    const member = memberOf(spec, need.field);
    if (answered.includes(need.field) || (member === undefined && need.default)) return [];
    const wanted = wantedValue(need, member?.value);
    if (wanted === undefined) return [];
    const edit =
      member === undefined
        ? added(spec.text, spec.members, need.field, wanted)
        : withValue(member, wanted);
    return [
      finding(spec, member?.valueStart ?? 0, {
        check: "cosmocc-setting",
        level: need.level,
        message: `\`${need.field}\` is ${member === undefined ? "missing" : JSON.stringify(member.value)}: ${need.why}`,
        fix: `Write \`"${need.field}": ${JSON.stringify(wanted)}\`.`,
        edits: [edit],
      }),
    ];
  });
}

/** What should stand there; `undefined`: what stands there is fine. */
function wantedValue(need: SpecNeeds["settings"][number], value: unknown): unknown {
  if (need.contains !== undefined) {
    const has = typeof value === "string" ? value.split(",").filter(Boolean) : [];
    const missing = need.contains.filter((part) => !has.includes(part));
    return missing.length === 0 ? undefined : [...has, ...missing].join(",");
  }
  return JSON.stringify(value) === JSON.stringify(need.value) ? undefined : need.value;
}

function archOf(spec: Spec): Arch | undefined {
  const value = memberOf(spec, "arch")?.value;
  return ARCHS.find((arch) => arch === value);
}

function memberOf({ members }: Spec, key: string): JsonMember | undefined {
  return members.find((member) => member.key === key);
}
