"""The API's table of contents."""


def test_the_api_begins_with_addresses_that_all_answer(client, consultation, django_assert_num_queries):
    with django_assert_num_queries(0):
        beginnings = client.get("/api/v1/").json()
    assert beginnings["plans"] == "http://testserver/api/v1/plans/"
    for name, address in beginnings.items():
        # A receipt is looked up by POST only.
        assert client.get(address).status_code == (405 if name == "receipt" else 200), name


def test_an_unknown_topic_is_answered_with_those_that_there_are(client, consultation):
    text = "村北的水渠多年没有清淤，汛期容易积水。"
    body = {"topic": "weather", "text": text, "place": None, "display_consent": False}
    answer = client.post("/api/v1/comments/", body, content_type="application/json")
    assert answer.status_code == 400
    assert answer.json()["code"] == "topic-unknown"
    for topic in consultation.topics.all():
        assert topic.key in answer.json()["title"]
