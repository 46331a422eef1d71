global using System.Net;
global using System.Text.Json.Nodes;
global using InfluencerCrm.TestKit;
global using Xunit;
