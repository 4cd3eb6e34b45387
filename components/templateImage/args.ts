import * as pulumi from "@pulumi/pulumi";

import type { TemplateImageArgs } from "./templateImage";
import type { Region, TemplateImage } from "../../configuration";
import type { BuildingPassword } from "../../configuration/secrets";
import type { VCenterConnection } from "../../vcenter";
import { repositoryRoot } from "../../configuration/stackSettings";

/** Nothing is made of a template that exists. */
const noTimeouts = { fetch: 0, init: 0, build: 0, copy: 0, cleanUp: 0 };

/** What the configuration says of the template, in the terms of the component. */
export function templateImageArgs(
  image: TemplateImage,
  regions: readonly Region[],
  connection: VCenterConnection,
  password: BuildingPassword,
): TemplateImageArgs {
  const { server, user, insecure, certificateAuthority } = connection;
  const common = {
    root: repositoryRoot(),
    vCenter: {
      ...{ server, insecure, passwordVariable: password.variable },
      user: (image.kind === "built" ? image.username : undefined) ?? user,
      ...(certificateAuthority === undefined ? {} : { certificateAuthority }),
    },
    regions: Object.fromEntries(
      regions.map(({ name, datacenter }) => [name, { datacenter, ...image.regions[name] }]),
    ),
  };
  if (image.kind === "existing") {
    return {
      ...common,
      source: { kind: "existing", template: image.template },
      timeouts: noTimeouts,
    };
  }
  const { recipe, httpAddress, distribution, oldTemplates, timeouts } = image;
  const { source, installer, hardware, variables } = recipe;
  return {
    ...common,
    ...{ source, hardware, variables, distribution, oldTemplates, timeouts },
    ...(installer === undefined ? {} : { installer }),
    ...(httpAddress === undefined ? {} : { httpAddress }),
    ...(password.value === undefined ? {} : { password: pulumi.secret(password.value) }),
  };
}
