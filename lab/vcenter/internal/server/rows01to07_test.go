package server_test

import (
	"context"
	"errors"
	"fmt"
	"testing"

	"github.com/vmware/govmomi/vim25/methods"
	"github.com/vmware/govmomi/vim25/mo"
	"github.com/vmware/govmomi/vim25/types"
)

const readOnly, noAccess int32 = -2, -5

func (on *target) set(ctx context.Context, entity types.ManagedObjectReference, principal string, role int32) error {
	return on.Auth.SetEntityPermissions(ctx, entity, []types.Permission{{Principal: principal, RoleId: role, Propagate: true}})
}

func (on *target) datacenter(ctx context.Context) types.ManagedObjectReference {
	found, err := on.find(ctx, on.Datacenter)
	if err != nil {
		panic(err) // the harness is broken
	}
	return found
}

func TestRow01SetEntityPermissionsAddsOrUpdatesOneRuleAndKeepsTheOthers(t *testing.T) {
	prove(t, func(ctx context.Context, on *target) error {
		datacenter := on.datacenter(ctx)
		before, err := on.Auth.RetrieveEntityPermissions(ctx, datacenter, false)
		if err != nil {
			return err
		}
		if err := errors.Join(
			on.set(ctx, datacenter, first, readOnly),
			on.set(ctx, datacenter, "restricted@vsphere.local", readOnly),
			on.set(ctx, datacenter, `vsphere.LOCAL\DECKHOUSE`, noAccess), // the first one again
		); err != nil {
			return err
		}
		after, err := on.Auth.RetrieveEntityPermissions(ctx, datacenter, false)
		if err != nil {
			return err
		}
		roles := map[int32]int{}
		for _, permission := range after {
			roles[permission.RoleId]++
		}
		return errors.Join(
			equal("number of rules", len(after), len(before)+2),
			equal("rules with ReadOnly", roles[readOnly], 1),
			equal("rules with NoAccess", roles[noAccess], 1),
		)
	})
}

func TestRow02SetEntityPermissionsRefuses(t *testing.T) {
	t.Run("an object that does not exist", func(t *testing.T) {
		prove(t, func(ctx context.Context, on *target) error {
			missing := types.ManagedObjectReference{Type: "Datacenter", Value: "datacenter-999999"}
			return wantFault(on.set(ctx, missing, first, readOnly), &types.ManagedObjectNotFound{})
		})
	})
	t.Run("a role that does not exist", func(t *testing.T) {
		prove(t, func(ctx context.Context, on *target) error {
			return wantFault(on.set(ctx, on.datacenter(ctx), first, 424242), &types.NotFound{})
		})
	})
	t.Run("a user that does not exist", func(t *testing.T) {
		prove(t, func(ctx context.Context, on *target) error {
			return wantFault(on.set(ctx, on.datacenter(ctx), "nobody@vsphere.local", readOnly), &types.UserNotFound{})
		})
	})
	t.Run("a user without a domain", func(t *testing.T) {
		prove(t, func(ctx context.Context, on *target) error {
			return wantFault(on.set(ctx, on.datacenter(ctx), "deckhouse", readOnly), &types.UserNotFound{})
		})
	})
	t.Run("a group given as a user", func(t *testing.T) {
		prove(t, func(ctx context.Context, on *target) error {
			return wantFault(on.set(ctx, on.datacenter(ctx), "kubernetes-admins@vsphere.local", readOnly), &types.UserNotFound{})
		})
	})
	for name, path := range map[string]string{
		"the host folder of a datacenter": "/host",
		"the datastore folder":            "/datastore",
	} {
		t.Run(name, func(t *testing.T) {
			prove(t, func(ctx context.Context, on *target) error {
				folder, err := on.find(ctx, on.Datacenter+path)
				if err != nil {
					return err
				}
				return wantFault(on.set(ctx, folder, first, readOnly), &types.InvalidArgument{})
			})
		})
	}
	t.Run("a host in a cluster and its root pool", func(t *testing.T) {
		prove(t, func(ctx context.Context, on *target) error {
			reference, err := on.find(ctx, on.Cluster)
			if err != nil {
				return err
			}
			var cluster mo.ClusterComputeResource
			if err := on.read(ctx, reference, &cluster, "host", "resourcePool"); err != nil {
				return err
			}
			return errors.Join(
				wantFault(on.set(ctx, cluster.Host[0], first, readOnly), &types.InvalidArgument{}),
				wantFault(on.set(ctx, *cluster.ResourcePool, first, readOnly), &types.InvalidArgument{}),
			)
		})
	})
}

func TestRow03PermissionsAreReturnedWithTheirObjectAndANormalisedPrincipal(t *testing.T) {
	prove(t, func(ctx context.Context, on *target) error {
		cluster, err := on.find(ctx, on.Cluster)
		if err != nil {
			return err
		}
		if err := on.set(ctx, cluster, first, readOnly); err != nil {
			return err
		}
		permissions, err := on.Auth.RetrieveEntityPermissions(ctx, cluster, false)
		if err != nil {
			return err
		}
		if len(permissions) != 1 || permissions[0].Entity == nil {
			return fmt.Errorf("got %+v, want one permission with its entity", permissions)
		}
		return errors.Join(
			equal("entity", *permissions[0].Entity, cluster),
			equal("principal", permissions[0].Principal, `VSPHERE.LOCAL\deckhouse`),
		)
	})
}

func TestRow04RemoveEntityPermission(t *testing.T) {
	t.Run("answers NotFound for a rule that is not there", func(t *testing.T) {
		prove(t, func(ctx context.Context, on *target) error {
			return wantFault(on.Auth.RemoveEntityPermission(ctx, on.datacenter(ctx), first, false), &types.NotFound{})
		})
	})
	t.Run("compares principals without regard to case and spelling", func(t *testing.T) {
		prove(t, func(ctx context.Context, on *target) error {
			cluster, err := on.find(ctx, on.Cluster)
			if err != nil {
				return err
			}
			if err := errors.Join(
				on.set(ctx, cluster, first, readOnly),
				on.Auth.RemoveEntityPermission(ctx, cluster, `Vsphere.Local\Deckhouse`, false),
			); err != nil {
				return err
			}
			left, err := on.Auth.RetrieveEntityPermissions(ctx, cluster, false)
			return errors.Join(err, equal("number of rules", len(left), 0))
		})
	})
	t.Run("keeps the last Administrator of the root folder", func(t *testing.T) {
		prove(t, func(ctx context.Context, on *target) error {
			permissions, err := on.Auth.RetrieveEntityPermissions(ctx, on.Root, false)
			if err != nil {
				return err
			}
			for _, permission := range permissions {
				if permission.RoleId == -1 {
					err = on.Auth.RemoveEntityPermission(ctx, on.Root, permission.Principal, permission.Group)
				}
			}
			return wantFault(err, &types.AuthMinimumAdminPermission{})
		})
	})
}

// Row 05 is left as it is: a call to these methods is a fault of the caller, because they change other people's rules.
func TestRow05ResetAndMergeStayMissing(t *testing.T) {
	t.Parallel()
	check := func(ctx context.Context, on *target) error {
		_, reset := methods.ResetEntityPermissions(ctx, on.Client, &types.ResetEntityPermissions{
			This: on.Auth.Reference(), Entity: on.datacenter(ctx),
		})
		_, merge := methods.MergePermissions(ctx, on.Client, &types.MergePermissions{
			This: on.Auth.Reference(), SrcRoleId: readOnly, DstRoleId: noAccess,
		})
		return errors.Join(wantFault(reset, &types.MethodNotFound{}), wantFault(merge, &types.MethodNotFound{}))
	}
	if err := errors.Join(bounded(check, faithful(t)), bounded(check, plain(t))); err != nil {
		t.Fatal(err)
	}
}

func TestRow06RetrieveEntityPermissionsOfAMissingObjectFailsAndNothingHangs(t *testing.T) {
	prove(t, func(ctx context.Context, on *target) error {
		missing := types.ManagedObjectReference{Type: "Datacenter", Value: "datacenter-999999"}
		_, err := on.Auth.RetrieveEntityPermissions(ctx, missing, false)
		if err := wantFault(err, &types.ManagedObjectNotFound{}); err != nil {
			return err
		}
		_, err = on.Auth.RoleList(ctx)
		return err
	})
}

func TestRow07InheritedPermissionsAreOnlyThoseThatPropagate(t *testing.T) {
	prove(t, func(ctx context.Context, on *target) error {
		cluster, err := on.find(ctx, on.Cluster)
		if err != nil {
			return err
		}
		datacenter := on.datacenter(ctx)
		if err := on.Auth.SetEntityPermissions(ctx, datacenter, []types.Permission{{Principal: first, RoleId: noAccess}}); err != nil {
			return err
		}
		inherited, err := on.Auth.RetrieveEntityPermissions(ctx, cluster, true)
		if err != nil {
			return err
		}
		fromRoot := false
		for _, permission := range inherited {
			if !permission.Propagate {
				return fmt.Errorf("the rule of %s does not propagate and is listed all the same", permission.Principal)
			}
			fromRoot = fromRoot || permission.RoleId == -1
		}
		return equal("the Administrator of the root folder is listed", fromRoot, true)
	})
}
