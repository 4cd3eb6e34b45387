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
import type { Rule } from "../places";
import { tagRules } from "./tags";
import { templateBuildRules } from "./templateImage/build";
import { templatePlaceRules } from "./templateImage/places";

/** Every rule of the configuration. Their order does not matter: findings are sorted by path. */
export const rules: readonly Rule[] = [
  ...tagRules,
  ...inventoryRules,
  ...roleRules,
  ...grantRules,
  ...deckhouseRules,
  ...deckhouseVersionRules,
  ...installationRules,
  ...globalRules,
  ...nodeGroupRules,
  ...nodeOptionRules,
  ...machineRules,
  ...networkRules,
  ...subnetRules,
  ...addressRules,
  ...dhcpRules,
  ...proxyRules,
  ...extraSettingsRules,
  ...extraDocumentRules,
  ...storageRules,
  ...objectNameRules,
  ...frontendRules,
  ...controllerRules,
  ...clientRules,
  ...bgpRules,
  ...announcedAddressRules,
  ...templateBuildRules,
  ...templatePlaceRules,
];
