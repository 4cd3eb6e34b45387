import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import type { PackerSource } from "../source";

type Durations = Record<string, number>;

/** How long earlier builds took on this machine, in seconds: what the next one tells as usual. */
export class BuildDurations {
  readonly #file: string;

  constructor(work: string) {
    this.#file = join(work, "durations.json");
  }

  usual(source: PackerSource): number | undefined {
    return this.#read()[keyOf(source)];
  }

  remember(source: PackerSource, seconds: number): void {
    const durations = { ...this.#read(), [keyOf(source)]: Math.round(seconds) };
    writeFileSync(this.#file, `${JSON.stringify(durations, null, 2)}\n`, { mode: 0o600 });
  }

  #read(): Durations {
    try {
      return JSON.parse(readFileSync(this.#file, "utf8")) as Durations;
    } catch {
      return {};
    }
  }
}

function keyOf(source: PackerSource): string {
  return `${source.kind} ${source.kind === "directory" ? source.name : source.ubuntu}`;
}
