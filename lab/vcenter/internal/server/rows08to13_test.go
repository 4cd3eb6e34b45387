package server_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/vmware/govmomi/object"
	"github.com/vmware/govmomi/vim25/methods"
	"github.com/vmware/govmomi/vim25/mo"
	"github.com/vmware/govmomi/vim25/types"
)

func (on *target) roleByName(ctx context.Context, name string) (*types.AuthorizationRole, error) {
	roles, err := on.Auth.RoleList(ctx)
	if err != nil {
		return nil, err
	}
	role := roles.ByName(name)
	if role == nil {
		return nil, fmt.Errorf("there is no role %q", name)
	}
	return role, nil
}

func TestRow08AddAuthorizationRoleReturnsTheIdOfTheNewRole(t *testing.T) {
	prove(t, func(ctx context.Context, on *target) error {
		one, err := on.Auth.AddRole(ctx, "one", []string{"Datastore.Browse"})
		if err != nil {
			return err
		}
		two, err := on.Auth.AddRole(ctx, "two", []string{"Datastore.Browse"})
		if err != nil {
			return err
		}
		listed, err := on.roleByName(ctx, "two")
		if err != nil {
			return err
		}
		return errors.Join(
			equal("id in the list", listed.RoleId, two),
			equal("ids are positive, large and different", one > 1000 && two > 1000 && one != two, true),
		)
	})
}

func TestRow09Roles(t *testing.T) {
	t.Run("have names that are unique without regard to case", func(t *testing.T) {
		prove(t, func(ctx context.Context, on *target) error {
			if _, err := on.Auth.AddRole(ctx, "kubernetes", nil); err != nil {
				return err
			}
			_, err := on.Auth.AddRole(ctx, "Kubernetes", nil)
			return wantFault(err, &types.AlreadyExists{})
		})
	})
	t.Run("need a name", func(t *testing.T) {
		prove(t, func(ctx context.Context, on *target) error {
			_, err := on.Auth.AddRole(ctx, "", nil)
			return wantFault(err, &types.InvalidName{})
		})
	})
	t.Run("hold each privilege once", func(t *testing.T) {
		prove(t, func(ctx context.Context, on *target) error {
			if _, err := on.Auth.AddRole(ctx, "twice", []string{"Datastore.Browse", "Datastore.Browse"}); err != nil {
				return err
			}
			role, err := on.roleByName(ctx, "twice")
			if err != nil {
				return err
			}
			want := "Datastore.Browse System.Anonymous System.Read System.View"
			return equal("privileges", strings.Join(slices.Sorted(slices.Values(role.Privilege)), " "), want)
		})
	})
	t.Run("of the system cannot be removed", func(t *testing.T) {
		prove(t, func(ctx context.Context, on *target) error {
			return wantFault(on.Auth.RemoveRole(ctx, readOnly, false), &types.InvalidArgument{})
		})
	})
	t.Run("of the system cannot be changed", func(t *testing.T) {
		prove(t, func(ctx context.Context, on *target) error {
			return wantFault(on.Auth.UpdateRole(ctx, readOnly, "ReadOnly", []string{"Datastore.Browse"}), &types.InvalidArgument{})
		})
	})
}

func TestRow10RemoveAuthorizationRole(t *testing.T) {
	use := func(ctx context.Context, on *target) (int32, error) {
		if _, err := on.Auth.AddRole(ctx, "kubernetes", []string{"Datastore.Browse"}); err != nil {
			return 0, err
		}
		role, err := on.roleByName(ctx, "kubernetes")
		if err != nil {
			return 0, err
		}
		return role.RoleId, on.set(ctx, on.datacenter(ctx), first, role.RoleId)
	}
	t.Run("fails when a permission uses the role", func(t *testing.T) {
		prove(t, func(ctx context.Context, on *target) error {
			id, err := use(ctx, on)
			if err != nil {
				return err
			}
			return wantFault(on.Auth.RemoveRole(ctx, id, true), &types.RemoveFailed{})
		})
	})
	t.Run("takes the permissions away when told to go on", func(t *testing.T) {
		prove(t, func(ctx context.Context, on *target) error {
			id, err := use(ctx, on)
			if err != nil {
				return err
			}
			if err := on.Auth.RemoveRole(ctx, id, false); err != nil {
				return err
			}
			left, err := on.Auth.RetrieveEntityPermissions(ctx, on.datacenter(ctx), false)
			dangling := slices.ContainsFunc(left, func(rule types.Permission) bool { return rule.RoleId == id })
			return errors.Join(err, equal("a permission uses the removed role", dangling, false))
		})
	})
}

func TestRow11UpdateAuthorizationRoleWithoutPrivilegesLeavesTheSystemOnes(t *testing.T) {
	prove(t, func(ctx context.Context, on *target) error {
		if _, err := on.Auth.AddRole(ctx, "kubernetes", []string{"Datastore.Browse"}); err != nil {
			return err
		}
		role, err := on.roleByName(ctx, "kubernetes")
		if err != nil {
			return err
		}
		if err := on.Auth.UpdateRole(ctx, role.RoleId, "kubernetes", nil); err != nil {
			return err
		}
		role, err = on.roleByName(ctx, "kubernetes")
		if err != nil {
			return err
		}
		return equal("privileges", strings.Join(slices.Sorted(slices.Values(role.Privilege)), " "), "System.Anonymous System.Read System.View")
	})
}

func TestRow12PrivilegeListIsFilled(t *testing.T) {
	prove(t, func(ctx context.Context, on *target) error {
		var manager mo.AuthorizationManager
		if err := on.read(ctx, on.Auth.Reference(), &manager, "privilegeList", "roleList"); err != nil {
			return err
		}
		known := map[string]bool{}
		for _, privilege := range manager.PrivilegeList {
			known[privilege.PrivId] = true
		}
		for _, id := range object.AuthorizationRoleList(manager.RoleList).ById(-1).Privilege {
			if !known[id] {
				return fmt.Errorf("privilege %s of the Administrator is not in the list", id)
			}
		}
		return nil
	})
}

func TestRow13PrivilegesAreComputedFromPermissions(t *testing.T) {
	ask := []string{"System.Read", "Datastore.Browse"}
	granted := func(answers []types.EntityPrivilege) string {
		var ids []string
		for _, answer := range answers {
			for _, availability := range answer.PrivAvailability {
				if availability.IsGranted {
					ids = append(ids, availability.PrivId)
				}
			}
		}
		return strings.Join(ids, " ")
	}
	t.Run("HasUserPrivilegeOnEntities", func(t *testing.T) {
		prove(t, func(ctx context.Context, on *target) error {
			datacenter := on.datacenter(ctx)
			if err := on.set(ctx, datacenter, first, readOnly); err != nil {
				return err
			}
			answer, err := methods.HasUserPrivilegeOnEntities(ctx, on.Client, &types.HasUserPrivilegeOnEntities{
				This: on.Auth.Reference(), Entities: []types.ManagedObjectReference{datacenter}, UserName: first, PrivId: ask,
			})
			if err != nil {
				return err
			}
			return equal("granted", granted(answer.Returnval), "System.Read")
		})
	})
	t.Run("FetchUserPrivilegeOnEntities", func(t *testing.T) {
		prove(t, func(ctx context.Context, on *target) error {
			datacenter := on.datacenter(ctx)
			if err := on.set(ctx, datacenter, first, readOnly); err != nil {
				return err
			}
			answer, err := methods.FetchUserPrivilegeOnEntities(ctx, on.Client, &types.FetchUserPrivilegeOnEntities{
				This: on.Auth.Reference(), Entities: []types.ManagedObjectReference{datacenter}, UserName: first,
			})
			if err != nil {
				return err
			}
			return equal("privileges", strings.Join(answer.Returnval[0].Privileges, " "), "System.Anonymous System.Read System.View")
		})
	})
	t.Run("HasPrivilegeOnEntities", func(t *testing.T) {
		prove(t, func(ctx context.Context, on *target) error {
			answer, err := methods.HasPrivilegeOnEntities(ctx, on.Client, &types.HasPrivilegeOnEntities{
				This: on.Auth.Reference(), Entity: []types.ManagedObjectReference{on.Root}, PrivId: []string{"Datastore.Browse", "No.Such"},
			})
			if err != nil {
				return err
			}
			return equal("granted", granted(answer.Returnval), "Datastore.Browse")
		})
	})
	t.Run("HasPrivilegeOnEntity", func(t *testing.T) {
		prove(t, func(ctx context.Context, on *target) error {
			answer, err := methods.HasPrivilegeOnEntity(ctx, on.Client, &types.HasPrivilegeOnEntity{
				This: on.Auth.Reference(), Entity: on.Root, PrivId: []string{"Datastore.Browse", "No.Such"},
			})
			if err != nil {
				return err
			}
			return equal("granted", fmt.Sprint(answer.Returnval), "[true false]")
		})
	})
	t.Run("a missing object is a fault", func(t *testing.T) {
		prove(t, func(ctx context.Context, on *target) error {
			missing := types.ManagedObjectReference{Type: "Datacenter", Value: "datacenter-999999"}
			_, err := methods.FetchUserPrivilegeOnEntities(ctx, on.Client, &types.FetchUserPrivilegeOnEntities{
				This: on.Auth.Reference(), Entities: []types.ManagedObjectReference{missing}, UserName: first,
			})
			return wantFault(err, &types.ManagedObjectNotFound{})
		})
	})
}
