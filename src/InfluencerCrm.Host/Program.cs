return await InfluencerCrm.Host.CrmHost.RunAsync(args);
