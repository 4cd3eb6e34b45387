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

/** Which vCenter, and who. */
export interface TemplateVCenter {
  readonly server: string;
  readonly user: string;
  readonly insecure: boolean;
  /** The variable of the environment that has the password, unless {@link passwordVariable} has it. */
  readonly passwordVariable: string;
  /** PEM text. */
  readonly certificateAuthority?: string;
}

/** How to build a template. */
export interface BuildRequest {
  readonly recipe: ImageRecipe;
  /** Where guests reach Packer's HTTP server; Packer decides when it is not given. */
  readonly httpAddress?: string;
}

/** What the runner is asked to do for one template in one datacenter. Holds no secret: it stands in the state. */
export interface TemplateRequest {
  /** The template's name. */
  readonly name: string;
  readonly place: TemplatePlace;
  readonly vCenter: TemplateVCenter;
  readonly timeouts: TemplateTimeouts;
  /** GiB: the smallest root disk of the nodes; absent when there are none. */
  readonly smallestRootDisk?: number;
  /** How to build it. */
  readonly build?: BuildRequest;
  /** The full path of the template to copy. */
  readonly copyFrom?: string;
}

/** What the runner tells on its standard output, as one line of JSON: the state holds this and nothing else. */
export interface TemplateResult {
  /** The full path of the template. */
  readonly template: string;
  /** `VirtualMachine:vm-42`. */
  readonly reference: string;
  /** Instance UUID of the vCenter in which the reference means something. */
  readonly vCenter: string;
  /** Whether this stack made it, and may remove it; a template that was found there belongs to others as well. */
  readonly origin: "built" | "copied" | "found";
}

/** The variable of the environment that holds a {@link TemplateRequest} as JSON. */
export const requestVariable = "DECKHOUSE_VSPHERE_TEMPLATE_REQUEST";

/** The variable of the environment that holds the building account's password, when the stack's configuration has it. */
export const passwordVariable = "DECKHOUSE_VSPHERE_BUILDING_PASSWORD";

/** Changes when a template has to be made again because somebody removed it; nobody reads it. */
export const rebuildVariable = "DECKHOUSE_VSPHERE_TEMPLATE_REBUILDS";
