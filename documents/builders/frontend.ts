import { frontendLabel } from "../../configuration/frontendLabel";
import type { StringMap } from "../types";

/** The label of the nodes that traffic arrives at, as a selector. */
export const frontendSelector: StringMap = { [frontendLabel]: "" };
