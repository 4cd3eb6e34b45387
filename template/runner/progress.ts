import { appendFileSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import type { PackerSource } from "../recipe";

/** The stages of a run, in order. */
export type StageName =
  | "look"
  | "cleanUp"
  | "tools"
  | "fetch"
  | "prepare"
  | "init"
  | "validate"
  | "build"
  | "check"
  | "copy"
  | "remove";

/** What happens in a stage, as shown in front of a clock: `fetching the Packer folder (12 s, usually 1 min)`. */
export const stageTexts: Readonly<Record<StageName, string>> = {
  look: "looking for the template in vCenter",
  cleanUp: "cleaning up after an interrupted run",
  tools: "looking for the tools",
  fetch: "fetching the Packer folder",
  prepare: "preparing a private copy of the Packer folder",
  init: "packer init",
  validate: "packer validate",
  build: "packer build",
  check: "checking the template in vCenter",
  copy: "copying the template",
  remove: "removing the template",
};

/**
 * How long a stage usually takes, in seconds. The number for a build is an estimate for a mirror and a datastore of
 * average speed; {@link BuildDurations} knows better once this machine has built.
 */
export const usualSeconds: Readonly<Record<StageName, number>> = {
  look: 2,
  cleanUp: 10,
  tools: 1,
  fetch: 60,
  prepare: 1,
  init: 15,
  validate: 5,
  build: 20 * 60,
  check: 3,
  copy: 5 * 60,
  remove: 5,
};

/**
 * What Packer's output says about a build; the first match counts. These are messages of the vSphere plugin's steps
 * (packer-plugin-vsphere, builder/vsphere/common) in its releases 1.4 and 2.x.
 */
export const buildSteps: readonly (readonly [line: RegExp, text: string])[] = [
  [/Retrieving ISO|Trying https?:/, "downloading the installer's ISO image"],
  [/Uploading .* to \[/, "uploading the installer's ISO image to the datastore"],
  [/Creating virtual machine/, "creating the virtual machine"],
  [/Power on VM|Powering on virtual machine/, "powering on the virtual machine"],
  [/Waiting .* for boot/, "waiting for the boot menu"],
  [/Typing boot command/, "typing the boot command"],
  [/Waiting for IP/, "installing the guest system"],
  [/Waiting for SSH|Using SSH communicator/, "waiting for SSH"],
  [/Connected to SSH|Provisioning with/, "preparing the guest system"],
  [
    /shutdown command|Shutting down|Please shut ?down virtual machine/i,
    "shutting down the virtual machine",
  ],
  [
    /Converting? (virtual machine )?to template|Convert VM into template/i,
    "converting it into a template",
  ],
  [/Destroying VM|Cleanly cancelled|Cancelling build/, "cleaning up"],
];

const tickMilliseconds = 5000;

/** One line of the progress file, as JSON so that half a line is never taken for a whole one. */
export interface ProgressLine {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly text: string;
  /** Whether the user has to know it even after the run has ended. */
  readonly isRemark?: true;
}

/**
 * Writes what a run is doing, for how long, and how long that usually takes, to a file that the Pulumi program follows
 * while it waits (components/templateImage/progress.ts). Not to standard error, which the engine stores in the state.
 */
export class Progress {
  readonly #file: string;
  readonly #usualSeconds: (stage: StageName) => number;
  #stage: StageName = "look";
  #detail = "";
  #started = Date.now();
  #timer: NodeJS.Timeout | undefined;

  constructor(file: string, usual: (stage: StageName) => number) {
    this.#file = file;
    this.#usualSeconds = usual;
    writeFileSync(file, "", { mode: 0o600 });
  }

  /** Starts a stage, which ends the one before. Does nothing if the stage is already active. */
  stage(name: StageName): void {
    if (name === this.#stage && this.#timer !== undefined) return;
    this.#stage = name;
    this.#detail = "";
    this.#started = Date.now();
    this.#timer ??= setInterval(() => this.#write(), tickMilliseconds).unref();
    this.#write();
  }

  /** Reports what the stage is doing now. */
  detail(text: string): void {
    if (text === this.#detail) return;
    this.#detail = text;
    this.#write();
  }

  /** Reports a sentence that the user has to know even after the run has ended. */
  remark(text: string): void {
    this.#append({ at: Date.now(), text, isRemark: true });
  }

  /** The active stage. */
  get current(): StageName {
    return this.#stage;
  }

  /** How long the active stage has taken, in seconds. */
  get seconds(): number {
    return (Date.now() - this.#started) / 1000;
  }

  /** Stops the clock. */
  end(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  #write(): void {
    const stage = stageTexts[this.#stage];
    const usual = shownSeconds(this.#usualSeconds(this.#stage));
    const time = `${shownSeconds(this.seconds)}, usually ${usual}`;
    // What says most comes first: in the engine's table, 120 columns leave room for about 20 characters.
    const text = this.#detail === "" ? `${stage} (${time})` : `${this.#detail} (${stage}: ${time})`;
    this.#append({ at: Date.now(), text });
  }

  #append(line: ProgressLine): void {
    try {
      appendFileSync(this.#file, `${JSON.stringify(line)}\n`);
    } catch {
      // A full disk is no reason to abandon a running Packer.
    }
  }
}

/** A duration for people: `12 s`, `4 min 5 s`, `2 h 10 min`. */
export function shownSeconds(seconds: number): string {
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  const [hours, minutes] = [Math.floor(whole / 3600), Math.floor((whole % 3600) / 60)];
  if (hours > 0) return `${hours} h${minutes === 0 ? "" : ` ${minutes} min`}`;
  return `${minutes} min${whole % 60 === 0 ? "" : ` ${whole % 60} s`}`;
}

/** How long earlier builds took on this machine, in seconds. */
export class BuildDurations {
  readonly #file: string;

  /** @param work the folder of what runs keep on this machine */
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

  #read(): Record<string, number> {
    try {
      return JSON.parse(readFileSync(this.#file, "utf8")) as Record<string, number>;
    } catch {
      return {};
    }
  }
}

function keyOf(source: PackerSource): string {
  return `${source.kind} ${source.kind === "directory" ? source.name : source.ubuntu}`;
}
