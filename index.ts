import * as pulumi from "@pulumi/pulumi";

import { ClusterDocuments } from "./components/clusterDocuments/clusterDocuments";
import { KubernetesRole, grantsByPath } from "./components/kubernetesRole/kubernetesRole";
import { regionTree } from "./components/regionZoneTagging/args";
import { RegionZoneTagging } from "./components/regionZoneTagging/regionZoneTagging";
import { templateImageArgs } from "./components/templateImage/args";
import { TemplateImage } from "./components/templateImage/templateImage";
import { useVCenter } from "./components/vCenter/vCenter";
import { warn } from "./components/warnings";
import { loadConfiguration } from "./configuration/load";
import { documentsWithoutSecrets, fileSummaries, regionDocuments } from "./documents";
import { stackSettings } from "./configuration/stackSettings";

// 1. The configuration, checked as a whole before anything talks to vCenter.
const loaded = loadConfiguration(stackSettings());
const { configuration, connection, documentSecrets, buildingPassword } = loaded;
warn(configuration, connection);
const { categories, protect, role, templateImage } = configuration;

// 2. The vCenter: always the one that the stack was made in, and with everything that the stack wants of it. All else
// waits for it.
const { vCenter, options } = useVCenter(loaded);

// 3. Regions and zones: categories, tags, and the tags on datacenters, clusters and datastores.
const topology = new RegionZoneTagging(
  "topology",
  {
    regionCategory: categories.region,
    zoneCategory: categories.zone,
    regions: configuration.regions,
    deleteCategoriesOnDestroy: categories.deleteOnDestroy,
  },
  { ...options, protect },
);

// 4. The role of the cluster's account, granted where the configuration says.
const kubernetes =
  role &&
  new KubernetesRole(
    "kubernetes",
    {
      ...role,
      grants: grantsByPath(role.grants),
      privilegesLeftOut: vCenter.privilegesLeftOut,
    },
    { ...options, protect },
  );

// 5. The template that nodes are cloned from, in every region: built with Packer, or only checked.
const image =
  templateImage &&
  new TemplateImage(
    "template",
    templateImageArgs(templateImage, configuration.regions, connection, buildingPassword),
    options,
  );

// 6. What the stack tells: what was checked, where everything is, and every document that Deckhouse needs for the cluster of
// each region, as a secret; of the same with placeholders for secrets, which is in the state, only what tells versions apart.
export const { readiness } = vCenter;
export const regions = regionTree(configuration.regions);
export const tagIds = { ...topology.regionTagIds, ...topology.zoneTagIds };
export const roleIds = kubernetes?.roleIds ?? {};
export const templates = image?.ready ?? {};
const found = pulumi.output({ templates, storagePolicyIds: vCenter.storagePolicyIds });
export const documents = pulumi.secret(
  found.apply((names) => regionDocuments(configuration, connection, documentSecrets, names)),
);
const withoutSecrets = found.apply((names) =>
  documentsWithoutSecrets(configuration, connection, documentSecrets, names),
);
new ClusterDocuments("documents", { files: withoutSecrets }, { dependsOn: vCenter });
export const documentFiles = withoutSecrets.apply(fileSummaries);
