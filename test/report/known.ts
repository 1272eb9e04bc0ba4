import type { RuleInfo, Taxon } from "../../src/model/rule.ts";

function rule(id: string, title: string, rest: Partial<RuleInfo> = {}): RuleInfo {
  return {
    id,
    title,
    description: `${title}. Cosmopolitan decides it when the program starts.`,
    help: "Read the value when the program runs.",
    harm: "silent",
    level: "error",
    confidence: "high",
    taxa: [],
    tags: [],
    links: ["https://github.com/jart/cosmopolitan/blob/4.0.2/libc/sysv/consts.sh"],
    ...rest,
  };
}

/** A few rules as reporters are told of them. */
export const RULES: readonly RuleInfo[] = [
  rule("allocator", "An allocator of its own", { harm: "aborts", level: "warning" }),
  rule("assembly-source", "Assembly is part of the build", {
    harm: "build",
    level: "warning",
    links: [],
  }),
  rule("compile-time-backend", "A backend is picked when it is compiled", {
    harm: "fails",
    taxa: ["F-016"],
  }),
  rule("errno-literal", "An error number is compared as a number", {
    taxa: ["F-004"],
    confidence: "medium",
  }),
  rule("linux-only-call", "A call that only Linux answers", { harm: "fails", taxa: ["F-016"] }),
  rule("runtime-constant", "A constant that differs between hosts is compiled in", {
    taxa: ["F-002", "F-003", "F-009", "F-015"],
    tags: ["constants"],
  }),
];

function taxon(id: string, title: string, status: Taxon["status"] = "published"): Taxon {
  return {
    id,
    title,
    hosts: "all but Linux",
    rootClass: "run-time constant",
    status,
    source: "field notes",
  };
}

/** A few entries of the list of F ids. */
export const TAXONOMY: readonly Taxon[] = [
  taxon("F-002", "errno numbers are the host's"),
  taxon("F-003", "TcpListener::bind fails"),
  taxon("F-004", "Command::new fails"),
  taxon("F-009", "TcpListener::bind fails on Windows"),
  taxon("F-014", "/etc/resolv.conf is read", "reconstructed"),
  taxon("F-015", "MSG_NOSIGNAL is answered with EINVAL"),
  taxon("F-016", "The async reactor dies at start"),
];
