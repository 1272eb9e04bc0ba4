import { HOSTS, type Host } from "../../src/model/host.ts";
import type { Definition } from "./c-scan.ts";
import { KERNEL, type HostCalls } from "./host-calls.ts";
import type { Library } from "./library.ts";
import type { ScallRow } from "./syscalls-table.ts";

/** What calling a function comes to on a host. */
type Outcome = "works" | "fails" | "neutral";

/** Functions that do nothing but say "this host has no such thing". */
const REFUSALS: ReadonlySet<string> = new Set(["enosys", "ENOSYS", "enotsup", "eopnotsupp"]);

/** Housekeeping around a call: it says nothing about whether the call itself can work. */
const HOUSEKEEPING =
  /^(malloc|calloc|realloc|free|memalign|strdup|_?weaken|__errno_location|__get_tls|kprintf|ksnprintf|__?strace\w*|__stracef|Describe\w+|describe\w*|__?pthread_\w+|_pthread_\w+|pthread_(mutex|spin|once|self|testcancel|setcancel)\w*|__?sig(mask|block|unblock)?\w*|sigprocmask|sys_sigprocmask|__sys_sigprocmask|_?check_?cancel\w*|__fds_\w+|__ensurefds\w*|__isfd\w+|nsync_\w+|__?bl[ou]ck\w*|mem(set|cpy|move|cmp)|bzero|str\w+|stpcpy|e(inval|fault|badf|perm|acces|notdir|noent|again|intr|nomem|range|overflow|nametoolong|opnotsupp)|kisdangerous\w*|__?zipos_\w*|_zipos_\w*|__vforked|__threaded|__tls_\w+|__stack_chk_fail|abort|__builtin\w*|notpossible|unreachable|__assert_fail|gettid|getpid|sys_gettid|__?futex\w*|cosmo_futex\w*|__mkntpath\w*|__undo|__?ftrace\w*|_COSMO_\w+)$/;

export interface AvailabilityOptions {
  readonly library: Library;
  readonly scalls: ReadonlyMap<string, ScallRow>;
  readonly calls: HostCalls;
}

/**
 * Answers on which hosts a function of the library can only fail: each host's face of the library is compiled on
 * its own, so that the compiler removes the other hosts' branches; what is left is followed down to system calls.
 */
export class Availability {
  readonly #options: AvailabilityOptions;
  readonly #memo = new Map<string, Outcome>();

  constructor(options: AvailabilityOptions) {
    this.#options = options;
  }

  /** Compiles what the questions about these names will need. */
  async prepare(names: Iterable<string>): Promise<void> {
    let wave = new Set(names);
    const seen = new Set<string>();
    for (let depth = 0; depth < 5 && wave.size > 0; depth += 1) {
      const files = new Set<string>();
      for (const name of wave) {
        seen.add(name);
        const file = this.#fileOf(name);
        if (file) files.add(file);
      }
      await this.#options.calls.prepare(files);
      wave = new Set(
        [...wave].flatMap((name) => this.#mentioned(name)).filter((name) => !seen.has(name)),
      );
    }
  }

  /** Hosts where every way through the function ends in a refusal. */
  unavailable(name: string): Host[] {
    return HOSTS.filter((host) => this.#outcome(name, host, new Set()) === "fails");
  }

  #outcome(name: string, host: Host, path: Set<string>): Outcome {
    const key = `${host} ${name}`;
    const known = this.#memo.get(key);
    if (known) return known;
    if (path.has(name)) return "neutral";
    path.add(name);
    const outcome = this.#decide(name, host, path);
    path.delete(name);
    if (path.size === 0 || outcome !== "neutral") this.#memo.set(key, outcome);
    return outcome;
  }

  #decide(name: string, host: Host, path: Set<string>): Outcome {
    if (REFUSALS.has(name)) return "fails";
    const scall = this.#options.scalls.get(name);
    // NOTE: some stubs have a body of their own in assembly (`sys_sched_yield`), which serves every host.
    if (scall && !this.#options.library.definitions.has(name))
      return scall.numbers[host] === null ? "fails" : "works";
    if (path.size > 1 && HOUSEKEEPING.test(name)) return "neutral";
    if (name === KERNEL || /^__imp_|^__syslib$/.test(name)) return "works";
    const definition = this.#options.library.definitions.get(name);
    if (!definition) return "neutral";
    if (definition.aliasOf && !definition.head)
      return this.#outcome(definition.aliasOf, host, path);
    const body = this.#body(definition, host);
    if (body === undefined) return definition.place.endsWith(".S") ? "works" : "neutral";
    const outcomes = new Set(
      [...body].filter((other) => other !== name).map((other) => this.#outcome(other, host, path)),
    );
    if (outcomes.has("works")) return "works";
    return outcomes.has("fails") ? "fails" : "neutral";
  }

  #body(definition: Definition, host: Host): ReadonlySet<string> | undefined {
    const file = definition.place.replace(/:\d+$/, "");
    return this.#options.calls.of(file, host)?.get(definition.name);
  }

  #fileOf(name: string): string | undefined {
    const definition = this.#options.library.definitions.get(name);
    if (definition?.aliasOf && !definition.head) return this.#fileOf(definition.aliasOf);
    return definition?.place.replace(/:\d+$/, "");
  }

  #mentioned(name: string): string[] {
    const definition = this.#options.library.definitions.get(name);
    if (!definition) return [];
    if (definition.aliasOf && !definition.head) return [definition.aliasOf];
    const names = new Set(HOSTS.flatMap((host) => [...(this.#body(definition, host) ?? [])]));
    return [...names].filter(
      (other) => !HOUSEKEEPING.test(other) && this.#options.library.definitions.has(other),
    );
  }
}
