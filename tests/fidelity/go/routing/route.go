package main

import (
	"errors"
	"fmt"
	"net/netip"
	"slices"
	"strings"

	"github.com/dennwc/iters"
	"github.com/twitchtv/twirp"
	"google.golang.org/protobuf/proto"

	"github.com/livekit/protocol/livekit"
	"github.com/livekit/protocol/rpc"
	"github.com/livekit/protocol/sip"
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

type route struct {
	Outcome    string            `json:"outcome"`
	Stage      string            `json:"stage,omitempty"`
	Error      string            `json:"error,omitempty"`
	Trunk      *string           `json:"trunk"`
	Rule       *string           `json:"rule"`
	Room       string            `json:"room"`
	Identity   string            `json:"identity"`
	Name       string            `json:"name"`
	Metadata   string            `json:"metadata"`
	Attributes map[string]string `json:"attributes"`
	Agents     []string          `json:"agents"`
	Preset     string            `json:"preset"`
	Krisp      bool              `json:"krisp"`
	Media      *media            `json:"media"`
	Login      string            `json:"login"`
}

type media struct {
	Encryption *string  `json:"encryption"`
	Only       bool     `json:"only"`
	Codecs     []string `json:"codecs"`
	Timeout    *float64 `json:"timeout"`
}

func (c call) sipCall() *rpc.SIPCall {
	return &rpc.SIPCall{
		LkCallId: c.CallID,
		SourceIp: c.SourceIP,
		From:     &livekit.SIPUri{User: c.Caller, Host: c.FromHost},
		To:       &livekit.SIPUri{User: c.Called},
	}
}

// route asks the library what livekit-server asks it, in that order: is the source an address, which
// of the trunks for the number, which of the rules for the trunk, and what that rule makes of it; and
// whether the answer can be sent.
func (c call) route(trunks []*livekit.SIPInboundTrunkInfo, rules []*livekit.SIPDispatchRuleInfo) (r route) {
	if _, err := netip.ParseAddr(c.SourceIP); c.SourceIP != "" && err != nil {
		return failed("source", err)
	}
	wanted := &livekit.ListSIPInboundTrunkRequest{Numbers: []string{c.Called}}
	trunk, err := sip.MatchTrunkIter(iters.Slice(only(trunks, wanted.Filter)), c.sipCall())
	if err != nil {
		return failed("match-trunk", err)
	}
	asked := &livekit.ListSIPDispatchRuleRequest{}
	if trunk != nil && trunk.SipTrunkId != "" {
		asked.TrunkIds = []string{trunk.SipTrunkId}
	}
	request := &rpc.EvaluateSIPDispatchRulesRequest{
		Call: c.sipCall(), CallingNumber: c.Caller, CalledNumber: c.Called, CallingHost: c.FromHost,
		SrcAddress: c.SourceIP, SipCallId: c.CallID, Pin: c.Pin, NoPin: c.NoPin,
		ExtraAttributes: c.Attributes,
	}
	best, err := sip.MatchDispatchRuleIter(trunk, iters.Slice(only(rules, asked.Filter)), request)
	if none := (*sip.ErrNoDispatchMatched)(nil); errors.As(err, &none) {
		return came(trunk, route{Outcome: "drop"})
	} else if err != nil {
		return came(trunk, failed("match-rule", err))
	}
	defer func() {
		if broken := recover(); broken != nil {
			r = came(trunk, failed("evaluate", fmt.Errorf("%v", broken)))
			r.Rule = &best.SipDispatchRuleId
		}
	}()
	made, err := sip.EvaluateDispatchRule("", trunk, best, request)
	if err == nil {
		_, err = proto.Marshal(made) // the server sends it to the SIP service
	}
	if err != nil {
		r = came(trunk, failed("evaluate", err))
		r.Rule = &best.SipDispatchRuleId
		return r
	}
	return came(trunk, accepted(made, best))
}

func accepted(made *rpc.EvaluateSIPDispatchRulesResponse, rule *livekit.SIPDispatchRuleInfo) route {
	r := route{
		Outcome: "accept", Rule: &rule.SipDispatchRuleId, Room: withoutRandom(made.RoomName, rule),
		Identity: made.ParticipantIdentity, Name: made.ParticipantName,
		Metadata: made.ParticipantMetadata, Attributes: made.ParticipantAttributes,
		Preset: made.RoomPreset, Krisp: slices.Contains(made.EnabledFeatures, livekit.SIPFeature_KRISP_ENABLED),
		Media: shown(made.Media),
	}
	if made.Result == rpc.SIPDispatchResult_REQUEST_PIN {
		r.Outcome, r.Room = "request-pin", ""
	}
	for _, agent := range made.RoomConfig.GetAgents() {
		r.Agents = append(r.Agents, agent.AgentName)
	}
	return r
}

// withoutRandom puts a mark in the place of the 12 random characters.
func withoutRandom(room string, rule *livekit.SIPDispatchRuleInfo) string {
	individual, callee := rule.Rule.GetDispatchRuleIndividual(), rule.Rule.GetDispatchRuleCallee()
	if len(room) < 12 || !(individual != nil && !individual.NoRandomness || callee != nil && callee.Randomize) {
		return room
	}
	return room[:len(room)-12] + "<random>"
}

func came(trunk *livekit.SIPInboundTrunkInfo, r route) route {
	if trunk == nil {
		r.Login = "none"
		return r
	}
	r.Trunk = &trunk.SipTrunkId
	prompt, err := sip.InboundTrunkAuthPrompt(trunk)
	switch {
	case err != nil:
		r.Login = err.Error()
	case prompt.Username != "" && prompt.Password != "": // livekit/sip pkg/service/psrpc.go
		r.Login = "challenge"
	case prompt.Username != "" || prompt.Password != "":
		r.Login = "half"
	default:
		r.Login = "none"
	}
	return r
}

func shown(config *livekit.SIPMediaConfig) *media {
	m := &media{Only: config.GetOnlyListedCodecs()}
	if config.GetMediaTimeout() != nil {
		seconds := config.MediaTimeout.AsDuration().Seconds()
		m.Timeout = &seconds
	}
	if config != nil && config.Encryption != nil {
		name := config.Encryption.String()
		m.Encryption = &name
	}
	for _, codec := range config.GetCodecs() {
		m.Codecs = append(m.Codecs, fmt.Sprintf("%s/%d", codec.Name, codec.Rate))
	}
	return m
}

func failed(stage string, err error) route {
	text := err.Error()
	if t := twirp.Error(nil); errors.As(err, &t) {
		text = t.Msg()
	}
	return route{Outcome: "error", Stage: stage, Error: text, Login: "none"}
}

func only[T any](all []T, wanted func(T) bool) []T {
	return slices.DeleteFunc(slices.Clone(all), func(one T) bool { return !wanted(one) })
}

func byID[T interface{ ID() string }](all []T) {
	slices.SortStableFunc(all, func(a, b T) int { return strings.Compare(a.ID(), b.ID()) })
}
