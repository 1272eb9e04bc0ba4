import type { FileFacts } from "../extract/facts.ts";
import type { CrateSource } from "../extract/load-crate.ts";
import type { CrateAnswer } from "./crates.ts";

/** Arrays of what was deserialized are views of the bytes that it was read from, and would keep all of them. */
export function ownArrays(answer: CrateAnswer): CrateAnswer {
  if (answer.kind !== "target") return answer;
  const own = ({ files, ...source }: CrateSource): CrateSource => ({
    ...source,
    files: new Map([...files].map(([name, facts]) => [name, withOwn(facts)])),
  });
  return { ...answer, sources: answer.sources.map(own) };
}

function withOwn(facts: FileFacts): FileFacts {
  const { mentions, lineStarts } = facts;
  return { ...facts, mentions: mentions.slice(), lineStarts: lineStarts.slice() };
}
