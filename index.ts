import * as pulumi from "@pulumi/pulumi";

import { KubernetesRole } from "./components/kubernetesRole";
import { RegionZoneTagging } from "./components/regionZoneTagging";
import { TemplateImage } from "./components/templateImage";
import { loadConfiguration } from "./configuration/load";
import { clusterConfigurationDocuments } from "./program/clusterConfigurations";
import { grantsByPath } from "./program/grants";
import { regionTree } from "./program/regionTree";
import { stackSettings } from "./program/stackSettings";
import { templateImageArgs } from "./program/templateImage";
import { warn } from "./program/warnings";

// 1. The configuration, checked as a whole before anything talks to vCenter.
const { configuration, connection, clusterAccountPassword, buildingPassword } =
  loadConfiguration(stackSettings());
warn(configuration, connection);
const { categories, protect, role, templateImage } = configuration;

// 2. Regions and zones: categories, tags, and the tags on datacenters, clusters and datastores.
const topology = new RegionZoneTagging(
  "topology",
  {
    regionCategory: categories.region,
    zoneCategory: categories.zone,
    regions: configuration.regions,
    deleteCategoriesOnDestroy: categories.deleteOnDestroy,
  },
  { protect },
);

// 3. The role of the cluster's account, granted where the configuration says.
const kubernetes = new KubernetesRole(
  "kubernetes",
  { ...role, grants: grantsByPath(role.grants) },
  { protect },
);

// 4. The template that nodes are cloned from, in every region: built with Packer, or only checked.
const image =
  templateImage &&
  new TemplateImage(
    "template",
    templateImageArgs(templateImage, configuration.regions, connection, buildingPassword),
  );

// 5. What the stack tells: where everything is, and the cluster configuration of each region.
export const regions = regionTree(configuration.regions);
export const tagIds = { ...topology.regionTagIds, ...topology.zoneTagIds };
export const roleIds = kubernetes.roleIds;
export const templates = image?.ready ?? {};
export const clusterConfigurations = pulumi.secret(
  pulumi
    .output(templates)
    .apply((paths) =>
      clusterConfigurationDocuments(configuration, connection, clusterAccountPassword, paths),
    ),
);
