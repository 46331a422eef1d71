namespace InfluencerCrm.Api.Tests.SendOuts;

public sealed class ScheduleTests : SendOutTest
{
    [Fact]
    public async Task Schedule_FreezesTheList_WithAMessageForEachPerson()
    {
        var (ana, bea) = (await PersonAsync("Ana", "ana@example.org"), await PersonAsync("Bea", "bea@example.org"));
        var sendOut = await SendOutToAsync(ana, bea);

        var row = await ScheduleAsync(sendOut);

        var messages = await MessagesAsync(sendOut);
        Assert.Equal("scheduled", Text(row, "status"));
        Assert.Equal([ana, bea], messages.Select(m => m!["influencerId"]!.GetValue<int>()));
        Assert.All(messages, m => Assert.Equal("queued", Text(m, "status")));
        Assert.Equal("A battery", Text(messages[0], "subject"));
        Assert.Equal("bea@example.org", Text(messages[1], "toAddress"));
        Assert.EndsWith("@agency.example.org", Text(messages[0], "internetMessageId"), StringComparison.Ordinal);
        var progress = await App.GetAsync($"odata/sendOuts({sendOut})/progress()");
        Assert.Equal(2, progress["total"]!.GetValue<int>());
        Assert.Equal(2, progress["byStatus"]!["queued"]!.GetValue<int>());
    }

    [Fact]
    public async Task SixWhoScheduleAtOnce_MakeOneMessageAPerson()
    {
        var sendOut = await SendOutToAsync(await PersonAsync("Ana", "ana@example.org"));

        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ =>
            SendAsync(App.Admin, HttpMethod.Post, $"odata/sendOuts({sendOut})/schedule", $$"""{"at":"{{Json(Later)}}"}""")));

        Assert.Single(answers, a => a.StatusCode == HttpStatusCode.OK);
        Assert.Equal(5, answers.Count(a => a.StatusCode == HttpStatusCode.Conflict));
        Assert.Single(await MessagesAsync(sendOut));
        foreach (var answer in answers)
        {
            answer.Dispose();
        }
    }

    [Fact]
    public async Task ATimeInThePast_IsRefused()
    {
        var sendOut = await SendOutToAsync(await PersonAsync("Ana", "ana@example.org"));

        var error = await RefusedAsync(HttpStatusCode.UnprocessableEntity, $"odata/sendOuts({sendOut})/schedule", new { at = "2020-01-01T00:00:00Z" });

        Assert.Equal("inThePast", Text(error, "code"));
        await RefusedAsync(HttpStatusCode.BadRequest, $"odata/sendOuts({sendOut})/schedule", new { at = "tomorrow" });
        await RefusedAsync(HttpStatusCode.BadRequest, $"odata/sendOuts({sendOut})/schedule", new { when = "2020-01-01T00:00:00Z" });
    }

    [Fact]
    public async Task WhoMayNotBeWrittenTo_IsSkippedWithTheReason()
    {
        var client = Id(await App.CreateAsync("clients", new { name = "Other" }));
        var people = new Dictionary<int, string?>
        {
            [await PersonAsync("Suppressed", "a@example.org")] = "suppressed",
            [await PersonAsync("ByAddress", "b@example.org")] = "suppressed",
            [await PersonAsync("Asked", "c@example.org", new { doNotContact = true })] = "doNotContact",
            [await PersonAsync("Silent")] = "noAddress",
            [await PersonAsync("Dead", "d@example.org", new { emailStatus = "bounced" })] = "bounced",
            [await PersonAsync("Away", "e@example.org", new { awayUntil = Json(Later.AddDays(2)) })] = "away",
            [await PersonAsync("Back", "f@example.org", new { awayUntil = Json(Later.AddHours(-1)) })] = null,
            [await PersonAsync("Elsewhere", "g@example.org")] = null,
        };
        var ids = people.Keys.ToList();
        await App.CreateAsync("suppressions", new { influencerId = ids[0], scope = "all" });
        await App.CreateAsync("suppressions", new { address = "B@Example.org", scope = "all" });
        await App.CreateAsync("suppressions", new { influencerId = ids[7], scope = "client", clientId = client });
        var sendOut = await SendOutToAsync([.. ids]);

        await ScheduleAsync(sendOut);

        Assert.Equal(people, (await MessagesAsync(sendOut)).ToDictionary(m => m!["influencerId"]!.GetValue<int>(), m => Text(m, "skipReason")));
    }

    [Fact]
    public async Task TwoWhoShareAnAddress_GetOneMail()
    {
        var (ana, bea) = (await PersonAsync("Ana"), await PersonAsync("Bea"));
        foreach (var person in new[] { ana, bea })
        {
            await App.CreateAsync("contactPoints", new { influencerId = person, kind = "email", value = "desk@example.org", shared = true, primary = true });
        }

        var sendOut = await SendOutToAsync(ana, bea);

        await ScheduleAsync(sendOut);

        Assert.Equal([null, "duplicateAddress"], (await MessagesAsync(sendOut)).Select(m => Text(m, "skipReason")));
    }

    [Fact]
    public async Task WhoPrefersAnotherChannelAndHasNoAddress_BecomesATask()
    {
        var person = await PersonAsync("Zoé", null, new { preferredChannel = "phone" });
        var sendOut = await SendOutToAsync(person);

        await ScheduleAsync(sendOut);

        Assert.Equal("manual", Text(Assert.Single(await MessagesAsync(sendOut)), "channel"));
        var task = Assert.Single(await App.ListAsync($"odata/tasks?$filter=influencerId eq {person}"));
        Assert.Equal("Zoé Martin: A battery", Text(task, "title"));
        await PostAsync($"odata/sendOuts({sendOut})/cancel", null);
        Assert.NotNull((await App.GetAsync($"odata/tasks({task!["id"]})"))["doneAt"]);
    }

    [Fact]
    public async Task UnderEmbargo_OnlyWhoAcceptedItIsWrittenTo()
    {
        var (yes, asked, silent) = (await PersonAsync("Yes", "y@example.org"), await PersonAsync("Asked", "a@example.org"), await PersonAsync("Silent", "s@example.org"));
        var story = await StoryAsync(new { embargoUntil = Json(Later.AddDays(3)) });
        await App.CreateAsync("embargoAgreements", new { storyId = story, influencerId = yes, status = "accepted" });
        await App.CreateAsync("embargoAgreements", new { storyId = story, influencerId = asked, status = "asked" });
        foreach (var purpose in new[] { "embargoContent", "release", "pitch", "followUp", "invitation" })
        {
            var sendOut = await SendOutAsync(await ListAsync(yes, asked, silent), story, new { purpose });

            await ScheduleAsync(sendOut);

            Assert.Equal([null, "embargo", "embargo"], (await MessagesAsync(sendOut)).Select(m => Text(m, "skipReason")));
        }
    }

    [Fact]
    public async Task ATeaserUnderEmbargo_MustNotTellTheStory()
    {
        var person = await PersonAsync("Ana", "ana@example.org");
        var story = await StoryAsync(new { embargoUntil = Json(Later.AddDays(3)) });
        var tells = await SendOutAsync(await ListAsync(person), story, new { purpose = "embargoTeaser" });
        var silent = await SendOutAsync(await ListAsync(person), story, new { purpose = "embargoTeaser", bodyTemplate = "Something is coming. May we send it under embargo?" });

        Assert.Equal("error", Text(Problem(await CheckAsync(tells), "teaserTells"), "severity"));
        Assert.Equal("scheduled", Text(await ScheduleAsync(silent), "status"));
    }

    [Fact]
    public async Task ASecondPitchForTheClientInAMonth_IsSkipped_UnlessOverriddenWithAReason()
    {
        var person = await PersonAsync("Ana", "ana@example.org");
        await App.CreateAsync("interactions", new { influencerId = person, kind = "pitch", status = "done", occurredAt = Json(Later.AddDays(-10)) });
        var sendOut = await SendOutToAsync(person);
        var schedule = $"odata/sendOuts({sendOut})/schedule";

        var check = await CheckAsync(sendOut);
        var without = await RefusedAsync(HttpStatusCode.UnprocessableEntity, schedule, new { overridePressure = true });
        await PostAsync(schedule, new { at = Json(Later), overridePressure = true, overrideReason = "She asked for it" });

        Assert.Contains("Ana Martin", Text(Problem(check, "contactPressure"), "message"), StringComparison.Ordinal);
        Assert.Equal("overrideReason", Text(without, "target"));
        Assert.Equal("queued", Text(Assert.Single(await MessagesAsync(sendOut)), "status"));
        var audit = await App.ListAsync($"odata/auditEntries?$filter=entity eq 'SendOut' and kind eq 'acted'");
        Assert.Contains("She asked for it", Text(Assert.Single(audit), "note"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ContactPressure_HoldsBackPitchesOfTheSameClientOnly()
    {
        var person = await PersonAsync("Ana", "ana@example.org");
        var other = Id(await App.CreateAsync("clients", new { name = "Other" }));
        await App.CreateAsync("interactions", new { influencerId = person, clientId = other, kind = "pitch", status = "done", occurredAt = Json(Later.AddDays(-10)) });

        var ours = await SendOutToAsync(person);
        await ScheduleAsync(ours);

        Assert.Null(Text(Assert.Single(await MessagesAsync(ours)), "skipReason"));
    }

    [Fact]
    public async Task RecipientLocalTime_IsTheSameHourInEachZone()
    {
        var (paris, tokyo) = (await PersonAsync("Paul", "p@example.org", new { timeZone = "Europe/Paris" }), await PersonAsync("Toko", "t@example.org", new { timeZone = "Asia/Tokyo" }));
        var sendOut = await SendOutAsync(await ListAsync(paris, tokyo), await StoryAsync(), new { timing = "recipientLocalTime", localTimeOfDay = "09:00:00" });

        await PostAsync($"odata/sendOuts({sendOut})/schedule", new { at = "2040-01-10T00:00:00Z" });

        Assert.Equal(["2040-01-10T08:00:00Z", "2040-01-10T00:00:00Z"], (await MessagesAsync(sendOut)).Select(m => Text(m, "dueAt")));
    }

    [Fact]
    public async Task PauseRescheduleResumeCancel_FollowTheStates()
    {
        var sendOut = await SendOutToAsync(await PersonAsync("Ana", "ana@example.org"));
        var url = $"odata/sendOuts({sendOut})";
        await RefusedAsync(HttpStatusCode.Conflict, url + "/pause");
        await ScheduleAsync(sendOut);

        Assert.Equal("Wrong figure", Text(await PostAsync(url + "/pause", new { reason = "Wrong figure" }), "pauseReason"));
        Assert.Equal("scheduled", Text(await PostAsync(url + "/resume", null), "status"));
        await PostAsync(url + "/reschedule", new { at = "2040-01-10T10:00:00+01:00" });
        Assert.Equal("2040-01-10T09:00:00Z", Text(Assert.Single(await MessagesAsync(sendOut)), "dueAt"));
        Assert.Equal("cancelled", Text(await PostAsync(url + "/cancel", null), "status"));
        Assert.Equal("cancelled", Text(Assert.Single(await MessagesAsync(sendOut)), "status"));
        await RefusedAsync(HttpStatusCode.Conflict, url + "/resume");
        await RefusedAsync(HttpStatusCode.Conflict, url + "/schedule");
    }

    [Fact]
    public async Task WhatIsScheduled_KeepsTheStorysText()
    {
        var story = await StoryAsync();
        var sendOut = await SendOutAsync(await ListAsync(await PersonAsync("Ana", "ana@example.org")), story);
        await ScheduleAsync(sendOut);
        var version = Assert.Single(await App.ListAsync($"odata/stories({story})/versions"))!.AsObject();

        using var change = await SendAsync(App.Admin, HttpMethod.Patch, $"odata/stories({story})/versions({Id(version)})", """{"body":"Other"}""", "*");

        Assert.Equal("inUse", Text(await ErrorAsync(change, HttpStatusCode.Conflict), "code"));
    }
}
