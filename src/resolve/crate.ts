import type { NotAnalysed } from "../model/place.ts";
import type { Edition, Package, PackageId, Target, TargetKind } from "../model/workspace.ts";
import type { FileFacts } from "../extract/facts.ts";
import type { CrateSource } from "../extract/load-crate.ts";
import { rootPlace } from "../source/module-paths.ts";
import type { Worlds } from "../syntax/cfg-eval.ts";
import { Answers, type KeptAnswers } from "./answers.ts";
import { asleepScope } from "./asleep.ts";
import { collectCrate } from "./collect.ts";
import type { Crate, FileRef, Scope, Unit, Generated, Unexpanded } from "./graph.ts";
import { ROOT_KEY } from "./numbering.ts";
import { apart } from "./waiting.ts";
import { newScope } from "./scopes.ts";

/** One crate to resolve, with its facts. */
export interface CrateInput {
  readonly package: Package;
  readonly target: Target;
  readonly worlds: Worlds;
  readonly source: CrateSource;
}

/** A crate that is not read before a name leads into it; what has to be known of it until then. */
export interface AsleepInput extends Pick<CrateInput, "package" | "target"> {
  readonly exported: ReadonlySet<string>;
  readonly answers: KeptAnswers;
  read(): Pick<CrateInput, "worlds" | "source">;
}

/** What a crate consists of once its modules are laid out. */
type Layout = Pick<
  Crate,
  "worlds" | "files" | "root" | "exported" | "macros" | "macroUse" | "units" | "notAnalysed"
>;

/** A crate of a graph. One that is asleep is read and laid out when it is first asked what is in it. */
export class GraphCrate implements Crate {
  readonly id: number;
  readonly all: readonly Crate[];
  readonly package: PackageId;
  readonly target: TargetKind;
  readonly edition: Edition;
  readonly externs = new Map<string, Crate>();
  readonly unexpanded: Unexpanded[] = [];
  readonly generated: Generated[] = [];
  isExpanded = false;
  readonly answers: Answers | undefined;
  asked: Set<Scope> | undefined = new Set();
  private readonly input: CrateInput | AsleepInput;
  private readonly graphFiles: (FileRef | undefined)[];
  private layout: Layout | undefined;
  private read: Pick<CrateInput, "worlds" | "source"> | undefined;
  /** Numbers of files that were asked for by their names. */
  private readonly numbers = new Map<string, number>();

  constructor(
    all: readonly Crate[],
    input: CrateInput | AsleepInput,
    graphFiles: (FileRef | undefined)[],
    isBelow = false,
  ) {
    this.id = all.length;
    this.all = all;
    this.package = input.package.id;
    this.target = input.target.kind;
    this.edition = input.target.edition;
    this.input = input;
    this.graphFiles = graphFiles;
    if (isBelow) this.answers = new Answers(this, "answers" in input ? input.answers : undefined);
  }

  get isAsleep(): boolean {
    return this.layout === undefined;
  }

  get worlds(): Worlds {
    return this.laidOut().worlds;
  }
  get files(): Layout["files"] {
    return this.laidOut().files;
  }
  get root(): Scope {
    return this.layout?.root ?? asleepScope(this, ROOT_KEY);
  }
  get exported(): Layout["exported"] {
    return this.laidOut().exported;
  }
  get macros(): Layout["macros"] {
    return this.laidOut().macros;
  }
  get macroUse(): Crate[] {
    return this.laidOut().macroUse;
  }
  get units(): Unit[] {
    return this.laidOut().units;
  }
  get notAnalysed(): NotAnalysed[] {
    return this.laidOut().notAnalysed;
  }

  exports(macro: string): boolean {
    if (this.layout === undefined && "exported" in this.input)
      return this.input.exported.has(macro);
    return this.exported.has(macro);
  }

  fileOf(file: string): { readonly number: number; readonly facts: FileFacts } | undefined {
    const facts = this.loaded().source.files.get(file);
    if (facts === undefined) return undefined;
    let number = this.numbers.get(file);
    if (number === undefined) {
      number = this.graphFiles.push({ package: this.package, file, facts }) - 1;
      this.numbers.set(file, number);
    }
    return { number, facts };
  }

  /** The crate's modules; its dependencies have to be in the graph. */
  laidOut(): Layout {
    return this.layout ?? this.layOut();
  }

  private loaded(): Pick<CrateInput, "worlds" | "source"> {
    this.read ??= "read" in this.input ? this.input.read() : this.input;
    return this.read;
  }

  private layOut(): Layout {
    const { target } = this.input;
    const { worlds, source } = this.loaded();
    const place = rootPlace(target.root);
    this.layout = {
      worlds,
      files: source.files,
      root: newScope({ crate: this, path: "", parent: undefined, isBody: false, place }),
      exported: new Map(),
      macros: new Map(),
      macroUse: [],
      units: [],
      notAnalysed: [...source.notAnalysed],
    };
    apart(() => collectCrate(this, target.root, this.graphFiles));
    return this.layout;
  }
}
