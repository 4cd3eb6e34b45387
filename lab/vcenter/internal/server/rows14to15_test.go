package server_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"testing"

	"github.com/vmware/govmomi/object"
	"github.com/vmware/govmomi/session"
	"github.com/vmware/govmomi/vim25"
	"github.com/vmware/govmomi/vim25/mo"
	"github.com/vmware/govmomi/vim25/soap"
	"github.com/vmware/govmomi/vim25/types"

	"deckhouse-vsphere/lab/vcenter/internal/inventory"
	"deckhouse-vsphere/lab/vcenter/internal/server"
)

// stranger is a SOAP client of the same server without a login.
func (on *target) stranger(ctx context.Context) (*vim25.Client, error) {
	return vim25.NewClient(ctx, on.fresh())
}

func TestRow14Logins(t *testing.T) {
	for name, user := range map[string]*url.Userinfo{
		"refuse a wrong password": url.UserPassword("administrator@vsphere.local", "wrong"),
		"refuse an unknown user":  url.UserPassword("nobody@vsphere.local", "wrong"),
	} {
		t.Run(name, func(t *testing.T) {
			prove(t, func(ctx context.Context, on *target) error {
				client, err := on.stranger(ctx)
				if err != nil {
					return err
				}
				return wantFault(session.NewManager(client).Login(ctx, user), &types.InvalidLogin{})
			})
		})
	}
	t.Run("refuse a wrong password on the REST side too", func(t *testing.T) {
		prove(t, func(ctx context.Context, on *target) error {
			request, err := http.NewRequest(http.MethodPost, "/", nil)
			if err != nil {
				return err
			}
			request.SetBasicAuth("administrator@vsphere.local", "wrong")
			got, err := on.request(ctx, http.MethodPost, "/rest/com/vmware/cis/session", "",
				map[string]string{"Authorization": request.Header.Get("Authorization")})
			return wantStatus(got, err, http.StatusUnauthorized, "unauthenticated")
		})
	})
	t.Run("are limited in number", func(t *testing.T) {
		prove(t, func(ctx context.Context, on *target) error {
			if err := on.control(http.MethodPut, "/session-limit", `{"maximum": 2}`, nil); err != nil {
				return err
			}
			client, err := on.stranger(ctx)
			if err != nil {
				return err
			}
			err = session.NewManager(client).Login(ctx, url.UserPassword("administrator@vsphere.local", on.Password))
			got, restErr := on.request(ctx, http.MethodPost, "/rest/com/vmware/cis/session", "", nil)
			return errors.Join(
				equal("the SOAP login is refused with 503", soap.IsSoapFault(err) || err == nil, false),
				wantStatus(got, restErr, http.StatusServiceUnavailable, "service_unavailable"),
			)
		})
	})
}

func TestRow14APropertyReadWithoutASessionIsNotAuthenticated(t *testing.T) {
	prove(t, func(ctx context.Context, on *target) error {
		if err := on.Logout(ctx); err != nil {
			return err
		}
		var folder mo.Folder
		err := on.read(ctx, on.Root, &folder, "name")
		if !soap.IsSoapFault(err) {
			return fmt.Errorf("got %v, want a fault in place of a partial answer", err)
		}
		return wantFault(err, &types.NotAuthenticated{})
	})
}

// weak logs in a user with the role ReadOnly on the root folder.
func weak(t *testing.T) *target {
	t.Helper()
	description := small(t)
	description.Users = append(description.Users, inventory.User{Name: "weak@vsphere.local", Password: "known"})
	description.Permissions = append(description.Permissions, inventory.Permission{
		Path: "/", Principal: "weak@vsphere.local", Role: "ReadOnly",
	})
	running := start(t, server.Options{Inventory: description})
	return connect(t, running, "weak@vsphere.local", "known")
}

// refuses runs a check as a user with few rights, where the action must be refused, and on the plain simulator, which
// knows no rights and lets everybody do it.
func refuses(t *testing.T, wanted func(error) error, action func(context.Context, *target) error) {
	t.Helper()
	t.Parallel()
	check := func(ctx context.Context, on *target) error { return wanted(action(ctx, on)) }
	if err := bounded(check, weak(t)); err != nil {
		t.Errorf("a user with few rights: %v", err)
	}
	if err := bounded(check, plain(t)); err == nil {
		t.Error("the plain simulator refuses it too: the correction is not needed, or the check proves nothing")
	}
}

func noPermission(err error) error {
	return wantFault(err, &types.NoPermission{})
}

func TestRow14AUserWithFewRightsCannot(t *testing.T) {
	t.Run("add a role", func(t *testing.T) {
		refuses(t, noPermission, func(ctx context.Context, on *target) error {
			_, err := on.Auth.AddRole(ctx, "kubernetes", nil)
			return err
		})
	})
	t.Run("set a permission", func(t *testing.T) {
		refuses(t, noPermission, func(ctx context.Context, on *target) error {
			return on.set(ctx, on.datacenter(ctx), first, readOnly)
		})
	})
	t.Run("remove a permission", func(t *testing.T) {
		refuses(t, noPermission, func(ctx context.Context, on *target) error {
			return on.Auth.RemoveEntityPermission(ctx, on.Root, second, false)
		})
	})
	t.Run("create a folder", func(t *testing.T) {
		refuses(t, noPermission, func(ctx context.Context, on *target) error {
			_, err := object.NewFolder(on.Client.Client, on.Root).CreateFolder(ctx, "mine")
			return err
		})
	})
	t.Run("create a category", func(t *testing.T) {
		refuses(t, func(err error) error { return err }, func(ctx context.Context, on *target) error {
			got, err := on.rest(ctx, http.MethodPost, "/com/vmware/cis/tagging/category",
				`{"create_spec": {"name": "mine", "description": "", "cardinality": "SINGLE", "associable_types": []}}`)
			return wantStatus(got, err, http.StatusForbidden, "unauthorized")
		})
	})
}

func TestRow15FaultsHaveAText(t *testing.T) {
	prove(t, func(ctx context.Context, on *target) error {
		_, err := on.Auth.AddRole(ctx, "kubernetes", []string{"No.Such"})
		client, strangerErr := on.stranger(ctx)
		if strangerErr != nil {
			return strangerErr
		}
		_, unauthenticated := object.NewAuthorizationManager(client).AddRole(ctx, "kubernetes", nil)
		_, notFound := object.NewFolder(on.Client.Client, types.ManagedObjectReference{Type: "Folder", Value: "none"}).CreateFolder(ctx, "x")
		for _, failure := range []error{err, unauthenticated, notFound} {
			if !soap.IsSoapFault(failure) {
				return fmt.Errorf("got %v, want a fault", failure)
			}
			if soap.ToSoapFault(failure).String == "" {
				return fmt.Errorf("the fault %T has no text", soap.ToSoapFault(failure).VimFault())
			}
		}
		return nil
	})
}
