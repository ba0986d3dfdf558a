from django.urls import path

from primacy.work.pages import calendar, comments, notices, tasks

app_name = "work"
urlpatterns = [
    path("comments/", comments.add, name="comment"),
    path("comments/names/", comments.names, name="names"),
    path("comments/<uuid:comment_id>/change/", comments.change, name="change-comment"),
    path("comments/<uuid:comment_id>/remove/", comments.remove, name="remove-comment"),
    path("comments/<uuid:comment_id>/history/", comments.history, name="wordings"),
    path("tasks/", tasks.tasks, name="tasks"),
    path("tasks/new/", tasks.new, name="new-task"),
    path("tasks/several/", tasks.several, name="several-tasks"),
    path("tasks/<uuid:task_id>/", tasks.task, name="task"),
    path("tasks/<uuid:task_id>/change/", tasks.change, name="change-task"),
    path("tasks/<uuid:task_id>/move/", tasks.move, name="move-task"),
    path("tasks/undo/<uuid:batch_id>/", tasks.undo, name="undo"),
    path("notices/", notices.notices, name="notices"),
    path("notices/wishes/", notices.wishes, name="wishes"),
    path("notices/<uuid:notice_id>/", notices.follow, name="notice"),
    path("calendar/", calendar.calendar, name="calendar"),
    path("calendar/elsewhere/", calendar.elsewhere, name="elsewhere"),
    path("calendar/elsewhere/withdraw/", calendar.withdraw, name="withdraw-calendar"),
    path("calendar/<str:secret>.ics", calendar.feed, name="feed"),
]
