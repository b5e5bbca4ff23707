"""Order and news between requests (W-4, W-5): nobody overtakes, no change is missed, nothing is left."""

import asyncio
import gc

from mock_server.flow.waiting import News, Turns


async def test_turns_of_one_key_follow_each_other_even_when_others_wait() -> None:
    turns, inside, most = Turns(), 0, 0

    async def work() -> None:
        nonlocal inside, most
        async with turns.take("token"):
            inside += 1
            most = max(most, inside)
            await asyncio.sleep(0)
            inside -= 1

    waves = [asyncio.create_task(work()) for _ in range(5)]
    await asyncio.sleep(0)
    for _ in range(20):  # newcomers while the first ones come and go
        waves.append(asyncio.create_task(work()))
        await asyncio.sleep(0)
    await asyncio.gather(*waves)
    assert most == 1


async def test_turns_of_different_keys_do_not_wait() -> None:
    turns = Turns()
    async with turns.take("one"), turns.take("two"):
        pass
    gc.collect()
    assert len(turns._locks) == 0


async def test_news_reach_all_who_expected_them_before() -> None:
    news = News()
    first, second = news.expect("flow"), news.expect("flow")
    news.spread("flow")
    assert first.is_set()
    assert second.is_set()
    later = news.expect("flow")
    assert not later.is_set()
    news.spread("another")
    assert not later.is_set()
