package main

import (
	"encoding/json"
	"errors"
	"slices"

	"github.com/twitchtv/twirp"
	"google.golang.org/protobuf/encoding/protojson"

	"github.com/livekit/protocol/livekit"
	"github.com/livekit/protocol/rpc"
)

type call struct {
	Caller     string            `json:"caller"`
	Called     string            `json:"called"`
	SourceIP   string            `json:"source_ip"`
	FromHost   string            `json:"from_host"`
	Pin        string            `json:"pin"`
	NoPin      bool              `json:"no_pin"`
	CallID     string            `json:"call_id"`
	Attributes map[string]string `json:"attributes"`
}

// route is what the server says; the ids are its own, and a room is told with its random part.
type route struct {
	Outcome    string            `json:"outcome"`
	Stage      string            `json:"stage,omitempty"`
	Error      string            `json:"error,omitempty"`
	Trunk      string            `json:"trunk"`
	Rule       string            `json:"rule"`
	Room       string            `json:"room"`
	Identity   string            `json:"identity"`
	Name       string            `json:"name"`
	Metadata   string            `json:"metadata"`
	Attributes map[string]string `json:"attributes"`
	Agents     []string          `json:"agents"`
	Preset     string            `json:"preset"`
	Krisp      bool              `json:"krisp"`
	Login      string            `json:"login"`
}

func (s *server) createTrunk(text json.RawMessage, a answer) error {
	trunk := new(livekit.SIPInboundTrunkInfo)
	if err := protojson.Unmarshal(text, trunk); err != nil {
		return err
	}
	name := trunk.SipTrunkId
	trunk.SipTrunkId = ""
	made, err := s.api.CreateSIPInboundTrunk(s.ctx, &livekit.CreateSIPInboundTrunkRequest{Trunk: trunk})
	if err != nil {
		a.Refused[name] = words(err)
		return nil
	}
	a.IDs[name] = made.SipTrunkId
	return nil
}

func (s *server) createRule(text json.RawMessage, a answer) error {
	rule := new(livekit.SIPDispatchRuleInfo)
	if err := protojson.Unmarshal(text, rule); err != nil {
		return err
	}
	name := rule.SipDispatchRuleId
	rule.SipDispatchRuleId = ""
	for at, trunk := range rule.TrunkIds {
		if id, known := a.IDs[trunk]; known {
			rule.TrunkIds[at] = id
		}
	}
	made, err := s.api.CreateSIPDispatchRule(s.ctx, &livekit.CreateSIPDispatchRuleRequest{DispatchRule: rule})
	if err != nil {
		a.Refused[name] = words(err)
		return nil
	}
	a.IDs[name] = made.SipDispatchRuleId
	return nil
}

// ask puts the two questions of a SIP service (livekit/sip pkg/service/psrpc.go).
func (s *server) ask(c call) route {
	sipCall := &rpc.SIPCall{
		LkCallId: c.CallID,
		SourceIp: c.SourceIP,
		From:     &livekit.SIPUri{User: c.Caller, Host: c.FromHost},
		To:       &livekit.SIPUri{User: c.Called},
	}
	prompt, err := s.io.GetSIPTrunkAuthentication(s.ctx, &rpc.GetSIPTrunkAuthenticationRequest{Call: sipCall})
	if err != nil {
		return route{Outcome: "error", Stage: "trunk", Error: words(err), Login: "none"}
	}
	login := "none"
	if prompt.Username != "" && prompt.Password != "" {
		login = "challenge"
	} else if prompt.Username != "" || prompt.Password != "" {
		login = "half"
	}
	made, err := s.io.EvaluateSIPDispatchRules(s.ctx, &rpc.EvaluateSIPDispatchRulesRequest{
		SipTrunkId: prompt.SipTrunkId, Call: sipCall, Pin: c.Pin, NoPin: c.NoPin,
		SipCallId: c.CallID, CallingNumber: c.Caller, CallingHost: c.FromHost, CalledNumber: c.Called,
		SrcAddress: c.SourceIP, ExtraAttributes: c.Attributes,
	})
	if err != nil {
		return route{Outcome: "error", Stage: "rule", Error: words(err), Trunk: prompt.SipTrunkId, Login: login}
	}
	return told(made, login)
}

func told(made *rpc.EvaluateSIPDispatchRulesResponse, login string) route {
	outcome := map[rpc.SIPDispatchResult]string{
		rpc.SIPDispatchResult_ACCEPT: "accept", rpc.SIPDispatchResult_REQUEST_PIN: "request-pin",
		rpc.SIPDispatchResult_DROP: "drop", rpc.SIPDispatchResult_REJECT: "drop",
	}
	r := route{
		Outcome: outcome[made.Result], Trunk: made.SipTrunkId, Rule: made.SipDispatchRuleId,
		Room: made.RoomName, Identity: made.ParticipantIdentity, Name: made.ParticipantName,
		Metadata: made.ParticipantMetadata, Attributes: made.ParticipantAttributes,
		Preset: made.RoomPreset, Login: login,
		Krisp: slices.Contains(made.EnabledFeatures, livekit.SIPFeature_KRISP_ENABLED),
	}
	for _, agent := range made.RoomConfig.GetAgents() {
		r.Agents = append(r.Agents, agent.AgentName)
	}
	return r
}

func words(err error) string {
	if t := twirp.Error(nil); errors.As(err, &t) {
		return t.Msg()
	}
	return err.Error()
}
