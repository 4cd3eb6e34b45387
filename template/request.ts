import type { TemplatePlace } from "./place";
import type { ImageRecipe } from "./recipe";

/** How long each stage may take, in seconds. */
export interface TemplateTimeouts {
  readonly fetch: number;
  readonly init: number;
  readonly build: number;
  readonly copy: number;
  readonly cleanUp: number;
}

const secondsPerUnit = { s: 1, m: 60, h: 3600 } as const;

/** The seconds in `90s`, `45m` or `2h`; the schema accepts no other form. */
export function secondsIn(duration: string): number {
  const unit = duration.slice(-1) as keyof typeof secondsPerUnit;
  return Number(duration.slice(0, -1)) * secondsPerUnit[unit];
}

/** The vCenter, and the account to use. */
export interface TemplateVCenter {
  readonly server: string;
  readonly user: string;
  readonly insecure: boolean;
  /** The environment variable with the password, used when {@link passwordVariable} is not set. */
  readonly passwordVariable: string;
  /** PEM. */
  readonly certificateAuthority?: string;
}

/** How to build a template. */
export interface BuildRequest {
  readonly recipe: ImageRecipe;
  /** Where guests reach Packer's HTTP server; Packer chooses when omitted. */
  readonly httpAddress?: string;
}

/** A job of the runner: one template in one datacenter. Stored in the state, so it contains no secret. */
export interface TemplateRequest {
  /** The template's name. */
  readonly name: string;
  readonly place: TemplatePlace;
  readonly vCenter: TemplateVCenter;
  readonly timeouts: TemplateTimeouts;
  /** GiB, of the nodes; omitted when there are none. */
  readonly smallestRootDisk?: number;
  readonly build?: BuildRequest;
  /** The full path of the template to copy. */
  readonly copyFrom?: string;
}

/** What the runner prints on standard output, as one line of JSON; the state stores nothing else. */
export interface TemplateResult {
  /** The full path of the template. */
  readonly template: string;
  /** `VirtualMachine:vm-42`. */
  readonly reference: string;
  /** The instance UUID of the vCenter that the reference belongs to. */
  readonly vCenter: string;
  /** Whether this stack made it, and may remove it; a template that it found may belong to others. */
  readonly origin: "built" | "copied" | "found";
}

/** The environment variable that passes a {@link TemplateRequest} as JSON. */
export const requestVariable = "DECKHOUSE_VSPHERE_TEMPLATE_REQUEST";

/** The environment variable that passes the building account's password when the stack's configuration has it. */
export const passwordVariable = "DECKHOUSE_VSPHERE_BUILDING_PASSWORD";

/** Changes when a template has to be made again because somebody removed it. Nothing reads it. */
export const rebuildVariable = "DECKHOUSE_VSPHERE_TEMPLATE_REBUILDS";

/** The password of the building account. @throws Error when no variable has it */
export function buildingPassword(variable: string, environment: NodeJS.ProcessEnv): string {
  const password = environment[passwordVariable] || environment[variable];
  if (password === undefined || password === "") {
    throw new Error(`neither ${passwordVariable} nor ${variable} is set`);
  }
  return password;
}

/** The request as the component wrote it, in JSON. @throws Error when there is none */
export function requestText(environment: NodeJS.ProcessEnv): string {
  const text = environment[requestVariable];
  if (text === undefined) throw new Error(`${requestVariable} is not set`);
  return text;
}
