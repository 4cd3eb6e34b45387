import type { TemplateRequest, TemplateResult } from "../request";
import type { VCenterClient } from "../../vcenter";
import type { Progress } from "./progress";
import type { RunLog } from "./runLog";
import type { RunFolder } from "./workFolder";

/** Everything that the parts of one run share. */
export interface Run {
  readonly request: TemplateRequest;
  /** What the run before this one told, when there was one. */
  readonly previous: TemplateResult | undefined;
  /** The root of this repository. */
  readonly root: string;
  /** The folder of what runs keep on this machine. */
  readonly work: string;
  readonly folder: RunFolder;
  readonly client: VCenterClient;
  /** Of the account that builds. A secret. */
  readonly password: string;
  readonly log: RunLog;
  readonly progress: Progress;
  /** What the user has to know beside success or failure, a sentence each; added to as it comes up. */
  readonly remarks: string[];
  /** Aborted when the run has to end before it is done. */
  readonly signal: AbortSignal;
}
