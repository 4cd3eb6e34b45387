import { addressRules } from "./cluster/addresses";
import { dhcpRules } from "./cluster/dhcp";
import { extraDocumentRules } from "./cluster/extraDocuments";
import { extraSettingsRules } from "./cluster/extraSettings";
import { globalRules } from "./cluster/global";
import { installationRules } from "./cluster/installation";
import { machineRules } from "./cluster/machines";
import { networkRules } from "./cluster/networks";
import { nodeGroupRules } from "./cluster/nodeGroups";
import { nodeOptionRules } from "./cluster/nodeOptions";
import { objectNameRules } from "./cluster/objectNames";
import { proxyRules } from "./cluster/proxy";
import { storageRules } from "./cluster/storage";
import { subnetRules } from "./cluster/subnets";
import { deckhouseRules } from "./deckhouse";
import { deckhouseVersionRules } from "./deckhouseVersion";
import { grantRules } from "./grants";
import { announcedAddressRules } from "./ingress/addresses";
import { bgpRules } from "./ingress/bgp";
import { clientRules } from "./ingress/clients";
import { controllerRules } from "./ingress/controllers";
import { frontendRules } from "./ingress/frontends";
import { inventoryRules } from "./inventory";
import { roleRules } from "./role";
import { onTopic, type Finding } from "../../findings/finding";
import type { Rule } from "../places";
import type { WrittenConfiguration } from "../schema";
import { tagRules } from "./tags";
import { templateBuildRules } from "./templateImage/build";
import { templatePlaceRules } from "./templateImage/places";

/** Rules by the heading of docs/troubleshooting.md that says more about what they find. */
export const rulesByTopic: Readonly<Record<string, readonly Rule[]>> = {
  "configuration-tags": [...tagRules],
  "configuration-inventory": [...inventoryRules],
  "configuration-role": [...roleRules, ...grantRules],
  "configuration-deckhouse": [...deckhouseRules, ...deckhouseVersionRules, ...globalRules],
  "configuration-installation": [...installationRules],
  "configuration-node-groups": [...nodeGroupRules, ...nodeOptionRules, ...machineRules],
  "configuration-networks": [...networkRules],
  "configuration-addresses": [...subnetRules, ...addressRules, ...dhcpRules],
  "configuration-proxy": [...proxyRules],
  "configuration-extra": [...extraSettingsRules, ...extraDocumentRules],
  "configuration-storage": [...storageRules],
  "configuration-object-names": [...objectNameRules],
  "configuration-ingress": [...frontendRules, ...controllerRules, ...clientRules],
  "configuration-metallb": [...bgpRules, ...announcedAddressRules],
  "configuration-template-image": [...templateBuildRules, ...templatePlaceRules],
};

/** Every rule of the configuration. Their order does not matter: findings are sorted by path. */
export const rules: readonly Rule[] = Object.values(rulesByTopic).flat();

/** What all rules find, each with where to read on. */
export function ruleFindings(configuration: WrittenConfiguration): Finding[] {
  return Object.entries(rulesByTopic).flatMap(([topic, ofTopic]) =>
    onTopic(
      topic,
      ofTopic.flatMap((rule) => [...rule(configuration)]),
    ),
  );
}
