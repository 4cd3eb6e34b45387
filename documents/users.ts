import { firstUserName } from "../configuration/ownDocuments";
import {
  moduleConfig,
  secretPlaceholder,
  type DocumentInputs,
  type ModuleConfig,
  type Resource,
} from "./inputs";

/**
 * The `ModuleConfig` of what people log in by; Deckhouse's own settings are right. Source: deckhouse/deckhouse
 * `modules/150-user-authn/docs/USAGE.md`, version 2 of the settings.
 */
export type UserAuthnModuleConfig = ModuleConfig<"user-authn", 2, object>;

/** A user whom Deckhouse itself knows. Source: deckhouse/deckhouse `modules/150-user-authn/crds/user.yaml`. */
export type UserDocument = Resource<
  "deckhouse.io/v1",
  "User",
  {
    /** In lower case. */
    readonly email: string;
    /** Secret. A bcrypt hash, as it is or in base64. */
    readonly password: string;
  }
>;

/**
 * What somebody may do in the whole cluster. Source: deckhouse/deckhouse
 * `modules/140-user-authz/crds/cluster-authorization-rule.yaml`.
 */
export type ClusterAuthorizationRuleDocument = Resource<
  "deckhouse.io/v1",
  "ClusterAuthorizationRule",
  {
    /** A user of Deckhouse goes by the e-mail address. */
    readonly subjects: readonly { readonly kind: "User"; readonly name: string }[];
    readonly accessLevel: "SuperAdmin";
    readonly portForwarding: true;
  }
>;

/** Turns on what people log in by; undefined when nobody is to log in yet. */
export function userAuthnModule({ region }: DocumentInputs): UserAuthnModuleConfig | undefined {
  return emailOf(region) === undefined ? undefined : moduleConfig("user-authn", 2, undefined);
}

/** Builds the first user, and what that user may do: everything. */
export function firstUser({
  region,
  secrets,
}: DocumentInputs): readonly (UserDocument | ClusterAuthorizationRuleDocument)[] {
  const email = emailOf(region);
  if (email === undefined) return [];
  const metadata = { name: firstUserName(email) };
  return [
    {
      apiVersion: "deckhouse.io/v1",
      kind: "User",
      metadata,
      spec: {
        email,
        password: secrets.firstUserPasswordHash ?? secretPlaceholder("firstUserPasswordHash"),
      },
    },
    {
      apiVersion: "deckhouse.io/v1",
      kind: "ClusterAuthorizationRule",
      metadata,
      spec: {
        subjects: [{ kind: "User", name: email }],
        accessLevel: "SuperAdmin",
        portForwarding: true,
      },
    },
  ];
}

function emailOf({ cluster }: DocumentInputs["region"]): string | undefined {
  return cluster.controlPlane === "vSphere" ? cluster.firstUser?.email : undefined;
}
