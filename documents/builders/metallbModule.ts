import { hasMetallbResources } from "../../configuration/deckhouseVersion";
import type { DocumentInputs } from "../inputs";
import type { MetallbModuleConfig, MetallbSettings } from "../types";
import { bgpSettings } from "./metallbBgpSettings";
import { moduleConfig } from "./moduleConfig";
import { tolerationsOf } from "./nodeTemplate";

/**
 * Builds the settings of MetalLB.
 *
 * @param inputs the region, its cluster and the version of Deckhouse
 * @returns undefined when traffic comes in another way
 */
export function metallbModule(inputs: DocumentInputs): MetallbModuleConfig | undefined {
  const { ingress } = inputs.region.cluster;
  if (ingress === undefined || ingress.kind === "externalLoadBalancer") {
    return undefined;
  }
  const version = hasMetallbResources(inputs.deckhouse.version) ? 3 : 2;
  return moduleConfig<MetallbModuleConfig>("metallb", version, settingsOf(inputs));
}

function settingsOf({ region, deckhouse, secrets }: DocumentInputs): MetallbSettings {
  const { ingress } = region.cluster;
  if (ingress?.kind !== "metallbBGP") {
    return {};
  }
  if (!hasMetallbResources(deckhouse.version)) {
    return bgpSettings(region.name, ingress, secrets.bgpPassword);
  }
  // The custom resources select nodes, but cannot say what the pods that announce are to tolerate there.
  const tolerations = tolerationsOf(ingress.taints);
  return tolerations === undefined ? {} : { speaker: { tolerations } };
}
