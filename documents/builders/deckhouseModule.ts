import type { Deckhouse } from "../../configuration/clusterTypes";
import type { DeckhouseModuleConfig } from "../types";
import { moduleConfig } from "./moduleConfig";

/**
 * Builds the settings of Deckhouse itself.
 *
 * @param deckhouse the Deckhouse to install
 */
export function deckhouseModule({ releaseChannel, bundle }: Deckhouse): DeckhouseModuleConfig {
  return moduleConfig<DeckhouseModuleConfig>("deckhouse", 1, { releaseChannel, bundle });
}
